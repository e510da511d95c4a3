"""Time `pbp validate` on files that are made to be slow or large, one process each, and print the worst first.

The promise is two seconds and 200 MiB for any file; nothing is asserted here, since a slow machine is no fault.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measure import Measured, measure

MIB = 1 << 20
EXAMPLES = Path(__file__).parents[1] / "tests" / "examples" / "hostile"
SECOND_LOOK = 1 << 17
"""Up to this size, what the compiled parser refuses is read again by the pure one."""


def inputs() -> Iterator[tuple[str, bytes]]:
    """Yield names and bytes: the kept examples, and what would be too large to keep."""
    for path in sorted(EXAMPLES.glob("*.yaml")):
        yield path.stem, path.read_bytes()
    yield "1 MiB of text", b"a: |\n" + b"  word\n" * 149_000
    yield "1 MiB of keys", b"".join(b"k%d: v\n" % number for number in range(90_000))[:MIB]
    yield "1 MiB of themes", b"themes:\n" + b"".join(b"  t%d: {stage: x}\n" % number for number in range(40_000))
    yield "1 MiB of comments", b"a: b\n" + b"# pbp: ignore PBP111 x\n" * 45_000
    yield "128 KiB of comments in a line", b"a: b " + b"# pbp: " * 18_000
    yield "128 KiB of digits", b"place: x\nsummary: " + b"0 " * 65_000
    yield "128 KiB of addresses", b"place: x\nsummary: " + b"a@b." * 32_000
    yield "128 KiB of keys, then a fault", b"".join(b"k%d: v\n" % number for number in range(11_000)) + b"@"
    yield "128 KiB of braces, then a fault", b"a:\n" + b"- {a: b, c: [d, e]}\n" * 6_000 + b"@"
    yield "128 KiB of quotes, then a fault", b"a:\n" + b'- "x \\u00e9"\n' * 9_000 + b"@"


def main() -> None:
    pbp = str(Path(sys.executable).parent / "pbp")
    taken: list[tuple[Measured, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hostile.yaml"
        for name, data in inputs():
            path.write_bytes(data[:MIB])
            taken.append((measure([pbp, "validate", str(path)], Path(folder)), name))
    print("| file | ms | peak MiB of the largest process | exit code |\n|---|---|---|---|")
    for one, name in sorted(taken, key=lambda item: -item[0].wall):
        print(f"| {name} | {one.wall * 1000:.0f} | {one.peak:.0f} | {one.code} |")
    longest, largest = max(one.wall for one, _ in taken), max(one.peak for one, _ in taken)
    print(f"\n{len(taken)} files; longest {longest * 1000:.0f} ms, largest peak {largest:.0f} MiB")


if __name__ == "__main__":
    main()
