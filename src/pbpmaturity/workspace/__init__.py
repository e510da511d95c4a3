"""Where files live: the only room that knows YAML and the disk."""
