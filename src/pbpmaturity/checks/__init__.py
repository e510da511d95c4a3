"""What is wrong: each check takes models and yields findings by route."""
