"""The folder of a system's pages: which files in it are ours, so that those alone are replaced and removed."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pbpmaturity.errors import UsageError
from pbpmaturity.workspace.outgoing import OpenFile, mend, written_folder
from pbpmaturity.workspace.save import refuse_source, resolved
from pbpmaturity.workspace.source import MAX_BYTES

LIST = "pbp-site.txt"
"""The file that names the pages which were written, one a line."""

_REFUSED = "choose another place"
_FIRST_LINE = "The pages in this folder that pbp report --site wrote; the next run replaces or removes them."
_PAGE = re.compile(r"(?:index|methods|(?:places|themes)/[a-z][a-z0-9-]*_?)\.html")


@dataclass(frozen=True, slots=True)
class SiteFolder:
    """A folder as it is before its pages are written.

    `gone` are pages of an earlier run that are not made any more, `unknown` pages among ours that no run has listed.
    """

    path: Path
    pages: tuple[str, ...]
    earlier: tuple[str, ...]
    gone: tuple[str, ...]
    unknown: tuple[str, ...]


def refuse_workspace(folder: Path, root: Path) -> None:
    """Refuse a folder that a workspace's own files lie in."""
    hint = "choose another folder, as in: --site site"
    if resolved(folder) == root.resolve():
        raise UsageError("the pages cannot be written into the workspace's own folder", hint)
    refuse_source(folder / "index.html", root, named=folder, hint=hint)


def site_folder(folder: Path, pages: Sequence[str], *, is_forced: bool) -> SiteFolder:
    """Return the folder for these pages; UsageError if they would replace what is not ours, unless that is forced."""
    mend(folder, _REFUSED)
    earlier = _listed_in(folder / LIST)
    in_the_way = [name for name in (LIST, *pages) if name not in earlier and (folder / name).is_file()]
    if in_the_way and not is_forced:
        raise UsageError(
            f'"{(folder / in_the_way[0]).as_posix()}" was not written by this command, or {LIST} beside it is gone,'
            " so nothing was written",
            "choose another folder, or give --force to replace it",
        )
    return SiteFolder(
        path=folder,
        pages=tuple(pages),
        earlier=tuple(earlier),
        gone=tuple(name for name in earlier if name not in (LIST, *pages) and (folder / name).is_file()),
        unknown=tuple(_pages_in(folder, {*earlier, *pages})),
    )


@contextmanager
def written_site(folder: SiteFolder) -> Iterator[OpenFile]:
    """Yield how to open each page; once all are written they stand in the folder, and those of before are gone.

    The list is the last to go and the first to come, so that it knows of every page that is there.
    """
    with written_folder(folder.path, _ours_in, what="pages", hint=_REFUSED) as open_file:
        with open_file(LIST) as stream:
            stream.write("\n".join([_FIRST_LINE, *sorted(folder.pages), ""]).encode())
        yield open_file


def _ours_in(folder: Path) -> list[str]:
    """Return what is listed in a folder when its pages are replaced: another run may have ended meanwhile."""
    return _listed_in(folder / LIST)


def _listed_in(file: Path) -> list[str]:
    """Return the names that our list holds, itself among them; none if there is none, or it is not ours."""
    try:
        if not file.is_file() or file.stat().st_size > MAX_BYTES:
            return []
        first, *names = file.read_text("utf-8").splitlines() or [""]
    except (OSError, UnicodeDecodeError):
        return []
    return [LIST, *(name for name in names if _PAGE.fullmatch(name))] if first == _FIRST_LINE else []


def _pages_in(folder: Path, known: set[str]) -> list[str]:
    found = [path.relative_to(folder).as_posix() for part in ("places", "themes") for path in folder.glob(f"{part}/*")]
    return sorted(name for name in found if _PAGE.fullmatch(name) and name not in known)
