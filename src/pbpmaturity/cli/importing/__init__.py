"""Importing individual views: which files, what they say, into which draft, and what is said of it."""
