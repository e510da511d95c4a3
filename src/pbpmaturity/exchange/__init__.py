"""Other tools' shapes: bytes in, values out; values in, bytes out."""
