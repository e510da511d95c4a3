"""Exporting tables: where they go, and which Places are read for them."""
