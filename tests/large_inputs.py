"""Files of up to 1 MiB, each of one thing over and over."""

MIB = 1 << 20

OPENERS = (*"[{\"'|!#", "- ", "a: ", "? ", ": ", "&a ", "[{", "- [", "{a: ", "{? ")
LARGE = {
    **{opener: (opener.encode() * MIB)[:MIB] for opener in OPENERS},
    "text": b"a: |\n" + b"  word\n" * 149_000,
    "words": b"a: " + b"x " * 524_000,
    "blanks": b" " * MIB,
    "blanks before a marker": b" " * (MIB - 10) + b"\n---\na: b\n",
    "lines": b"\n" * MIB,
    "comments": b"#\n" * 524_000,
    "directives": b"a: b\n" + b"%x\n" * 300_000,
    "openers of blocks": b"a: " + b"| " * 524_000,
    "lines of blanks": b"a: |\n" + b" \n" * 524_000,
    "more and more blanks": b"a: |\n" + b"".join(b" " * number + b"\n" for number in range(1400)),
    "a quotation mark at the end": b"a: |\n" + b"  word\n" * 149_000 + b'b: "x',
    "words in braces": b"a: {" + b"b," * 520_000 + b"}",
    "words in braces that stay open": b"a: {" + b"b," * 520_000,
    "pairs in brackets": b"a: [" + b"b: c," * 200_000 + b"]",
    "keys with nothing": b"a:\n" * 349_525,
    "keys of every kind": b"".join(b"k%d: v\n" % number for number in range(90_000)),
    "a quotation mark at the start": b'a: "' + b"x\n" * 524_000,
}
