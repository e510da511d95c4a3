"""What can be said of a file, and how it is said."""
