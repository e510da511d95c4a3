"""One-time codes: made by chance, and put on the screen or into a file that is not in the workspace."""

import re
import secrets
from pathlib import Path

from pbpmaturity.cli.document import is_for_screen
from pbpmaturity.cli.output import emit, tell
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import UsageError
from pbpmaturity.model.one_time_code import LENGTH, SYMBOLS, code_of
from pbpmaturity.workspace.individual_views import already_there, lies_in, write_once

MOST = 10_000
_EARLIER = "Codes that were made earlier stay good: give their lists to pbp import too."


def count_of(codes: str | None, to: Path | None, output: Path | None, *, is_participants: bool) -> int | None:
    """Return how many codes are asked for, if any; UsageError, before anything is written, if that makes no sense."""
    if codes is None:
        if to is not None:
            raise UsageError("--codes-to is for codes, and none are asked for", "say how many with --codes N")
        return None
    if not is_participants:
        raise UsageError(
            "--codes is for the participants' form", "add --participant; no other form has a place for a code"
        )
    if not re.fullmatch(r"0*[1-9][0-9]{0,4}", codes, re.ASCII) or int(codes) > MOST:
        raise UsageError(
            f"--codes {quoted(codes)} is not a number from 1 to {MOST:,}", "give one code for each person you ask"
        )
    if to is None and output is not None and is_for_screen(output):
        raise UsageError(
            "the page and the codes cannot both be printed", "write the codes with --codes-to FILE, or the page with -o"
        )
    return int(codes)


def refuse_place(to: Path | None, output: Path | None, root: Path | None) -> None:
    """Refuse a file for codes that lies in the workspace, is there already or would be the page."""
    if to is None:
        return
    name = quoted(to.as_posix())
    if root is not None and lies_in(to, root):
        raise UsageError(
            f"--codes-to {name} lies in the workspace, where codes do not belong",
            "choose a place that only those who gather the views can open",
        )
    if output is not None and to.absolute() == output.absolute():
        raise UsageError(f"-o and --codes-to name the same file, {name}", "the page must not hold the codes")
    if to.exists() or to.is_symlink():
        raise already_there(to)
    if not to.absolute().parent.is_dir():
        raise UsageError(f"--codes-to {name}: there is no such folder", "make it, or choose another")


def issue(count: int, place_name: str | None, to: Path | None) -> None:
    """Make that many codes, print them or write them to a file that only its owner can open, and say what for."""
    text = _list(_new_codes(count), place_name)
    how = "Hand them out by chance, one each, so that nobody knows who has which."
    if to is None:
        emit(text)
        tell(f"{how} They are kept nowhere: save what is printed, for pbp import --codes FILE. {_EARLIER}")
        return
    write_once(to, text.encode("utf-8", "backslashreplace"), is_private=True)
    tell(f"wrote {one_line(to.as_posix())}: {_counted(count)}, for pbp import --codes FILE. {how} {_EARLIER}")


def _new_codes(count: int) -> list[str]:
    codes: dict[str, None] = {}
    while len(codes) < count:
        codes[code_of([secrets.choice(SYMBOLS) for _ in range(LENGTH - 1)])] = None
    return list(codes)


def _list(codes: list[str], place_name: str | None) -> str:
    whose = f" of {one_line(place_name)}" if place_name else ""
    head = (
        f"{_counted(len(codes))} for the participants' form{whose}",
        "Cut them up and let each person draw one. Nobody is to note who has which.",
        "Keep this list where only those who gather the views can open it, until they are counted.",
    )
    return "".join([*(f"# {line}\n" for line in head), *(f"{code}\n" for code in codes)])


def _counted(count: int) -> str:
    return f"{count} one-time {'code' if count == 1 else 'codes'}"
