"""Three slides for a board: what they say, where it fits, and the file that it goes into."""
