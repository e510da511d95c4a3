"""Files just over the limits of size and of keys, and as large as is allowed; each is flat, and plain to any reader."""

from pbpmaturity.workspace.guard import MAX_NODES
from pbpmaturity.workspace.source import MAX_BYTES

_WORDS = b"  word\n" * 160_000

LARGE = {
    "text": (b"a: |\n" + _WORDS)[:MAX_BYTES],
    "comments": (b"a: b\n" + b"# word\n" * 160_000)[:MAX_BYTES],
    "words": b"a: " + b"x " * 20_000,
    "keys": b"".join(b"k%d: v\n" % number for number in range(MAX_NODES // 2 - 1)),
}
"""What is read."""

TOO_LARGE = {
    "a byte more": (b"a: |\n" + _WORDS)[: MAX_BYTES + 1],
    "keys": b"".join(b"k%d: v\n" % number for number in range(MAX_NODES // 2)),
    "items": b"a: [" + b"b, " * (MAX_NODES - 2) + b"b]",
    "pairs": b"a: [" + b"b: c, " * (MAX_NODES // 3) + b"]",
}
"""What is refused, as PBP010."""
