"""Which files and folders make up a workspace."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Finding
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.errors import UsageError
from pbpmaturity.model.selector import place_id_fault
from pbpmaturity.workspace.given import leads_nowhere, stored_otherwise
from pbpmaturity.workspace.litter import is_passed_over, originals

SETTINGS = "pbp.yaml"
ASSESSMENTS = "assessments"
MATRICES = "matrices"
READINESS = "readiness"
DELEGATION = "delegation"
FLAT_FOLDERS = (MATRICES, READINESS, DELEGATION)


@dataclass(frozen=True, slots=True)
class Layout:
    """A workspace's files as paths below its root, in order, and what does not belong there.

    `backups` are editors' copies that lie beside the files that they are of, each with the path of its file.
    """

    root: Path
    settings: str | None
    matrices: tuple[str, ...]
    readiness: tuple[str, ...]
    delegation: tuple[str, ...]
    places: tuple[tuple[str, tuple[str, ...]], ...]
    findings: tuple[Finding, ...]
    backups: tuple[tuple[str, str], ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that is read."""
        settings = (self.settings,) if self.settings else ()
        of_places = (path for _, paths in self.places for path in paths)
        return (*settings, *self.matrices, *self.readiness, *self.delegation, *of_places)


def find_root(start: Path) -> Path | None:
    """Return the nearest folder at or above the start that holds pbp.yaml or assessments/, or None."""
    start = Path(os.path.abspath(start))  # without its "..", and with its links kept
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file() or (folder / ASSESSMENTS).is_dir():
            return folder
    return None


def require_root(folder: Path) -> Path:
    """Return the folder if it is a workspace's; UsageError says what makes one."""
    if not folder.is_dir():
        hint = "give --workspace the folder that holds assessments/"
        raise leads_nowhere(folder, f'"{folder.as_posix()}" is not a folder', hint, takes_folders=True)
    if not (folder / SETTINGS).is_file() and not (folder / ASSESSMENTS).is_dir():
        raise UsageError(
            f'"{folder.as_posix()}" is not a workspace: it holds neither pbp.yaml nor assessments/',
            "make one with: pbp init",
        )
    return Path(os.path.abspath(folder))


def lay_out(root: Path) -> Layout:
    """Return what is in a workspace; nothing is opened."""
    findings: list[Finding] = []
    backups: list[tuple[str, str]] = []
    flat = {folder: _files_in(root, folder, findings, backups) for folder in FLAT_FOLDERS}
    places = tuple(_places(root, findings, backups))
    if (root / "pbp.yml").exists():
        findings.append(_stray("pbp.yml", "rename it to pbp.yaml"))
    return Layout(
        root=root,
        settings=_settings(root, findings),
        matrices=flat[MATRICES],
        readiness=flat[READINESS],
        delegation=flat[DELEGATION],
        places=places,
        findings=tuple(findings),
        backups=tuple(backups),
    )


def stray_backup(path: str, original: str) -> Finding:
    """Return that an editor's copy lies where no sound file of its name does, and may be the only one."""
    return _stray(path, f"{original} cannot be used, so this copy of it may be all there is; compare the two")


def holds_file(root: Path, path: str) -> bool:
    """Say whether a path, with forward slashes and counted from the root, is a file that lies in the workspace.

    Capitals count on every system, so that what is right on one computer is right on all.
    """
    try:
        file = root / path
        if not (file.is_file() and file.resolve().is_relative_to(root.resolve())):
            return False
        folders = [root, *(root / parent for parent in reversed(PurePosixPath(path).parents[:-1]))]
        steps = zip(folders, PurePosixPath(path).parts, strict=True)
        return all(any(entry.name == name for entry in folder.iterdir()) for folder, name in steps)
    except (OSError, ValueError):
        return False


def holds_but_for_accents(root: Path, path: str) -> bool:
    """Say whether a path is a file of the workspace but for how the accents of names are stored."""
    stored = stored_otherwise(root, PurePosixPath(path).parts)
    return stored is not None and holds_file(root, "/".join(stored))


def _settings(root: Path, findings: list[Finding]) -> str | None:
    path = root / SETTINGS
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        findings.append(_stray(SETTINGS, "it leads outside the workspace"))
        return None
    if path.exists() and not path.is_file() and not path.is_dir():
        findings.append(_stray(SETTINGS, "it is not a file that can be read"))
        return None
    return SETTINGS if path.exists() else None


def _files_in(root: Path, folder: str, findings: list[Finding], backups: list[tuple[str, str]]) -> tuple[str, ...]:
    """Return the paths of a folder's files of ours; what else is there is found, and editors' copies are set apart."""
    entries = _entries(root, folder, findings)
    copied = {entry.name: _original(entry, entries) for entry in entries}
    backups += ((f"{folder}/{name}", f"{folder}/{of}") for name, of in copied.items() if of)
    others = ((f"{folder}/{entry.name}", entry) for entry in entries if not copied[entry.name])
    return tuple(path for path, entry in others if _is_file_of_ours(root, entry, path, findings))


def _original(entry: os.DirEntry[str], entries: list[os.DirEntry[str]]) -> str | None:
    """Return the name of the file that lies beside an editor's copy of it; None if it is no such copy."""
    names = set(originals(entry.name, ".yaml"))
    if not names or _leads_nowhere(entry) or entry.is_dir() or entry.is_symlink():
        return None
    return next((one.name for one in entries if one.name in names and one.is_file()), None)


def _places(
    root: Path, findings: list[Finding], backups: list[tuple[str, str]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in _entries(root, ASSESSMENTS, findings):
        path = f"{ASSESSMENTS}/{entry.name}"
        if _leads_nowhere(entry) or not entry.is_dir():
            findings.append(
                _stray(path, "assessments lie in a folder for each Place, as in assessments/northam/2024-01.yaml")
            )
            continue
        if not _stays_inside(root, entry):
            findings.append(_stray(path, "it leads outside the workspace"))
            continue
        fault = place_id_fault(entry.name)
        if fault:
            findings.append(
                Finding(
                    rules.PLACE_ID,
                    path,
                    f"folder {quoted(entry.name)} cannot be a Place, so its files were not read; {fault}",
                )
            )
            continue
        yield entry.name, _files_in(root, path, findings, backups)


def _entries(root: Path, folder: str, findings: list[Finding]) -> list[os.DirEntry[str]]:
    """Return what is in a folder, by name, but for what systems leave there; nothing if there is no folder."""
    path = root / folder
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        findings.append(_stray(folder, "it leads outside the workspace"))
        return []
    try:
        with os.scandir(path) as found:
            return sorted((entry for entry in found if not is_passed_over(entry.name)), key=lambda entry: entry.name)
    except FileNotFoundError:
        if path.is_symlink():
            findings.append(_stray(folder, "it is a link that leads nowhere"))
        return []
    except NotADirectoryError:
        findings.append(_stray(folder, "this is the name of a folder; move the file elsewhere"))
        return []
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"the folder cannot be opened ({reason}); check that you may read it"
        findings.append(Finding(rules.UNREADABLE, folder, message))
        return []


def _is_file_of_ours(root: Path, entry: os.DirEntry[str], path: str, findings: list[Finding]) -> bool:
    stem, _, ending = entry.name.partition(".")
    if _leads_nowhere(entry):
        findings.append(_stray(path, "it is not a file that can be read"))
    elif entry.is_dir():
        findings.append(_stray(path, "no folder belongs here; move it elsewhere"))
    elif not entry.name.endswith(".yaml"):
        findings.append(_stray(path, _advice(entry, stem, ending.lower())))
    elif not _stays_inside(root, entry):
        findings.append(_stray(path, "it leads outside the workspace"))
    else:
        return True
    return False


def _advice(entry: os.DirEntry[str], stem: str, ending: str) -> str:
    """Return what to do with a file whose ending keeps it from being read."""
    if "yaml" not in ending and "yml" not in ending:
        return "only .yaml files belong here; move it elsewhere"
    if Path(entry.path).with_name(f"{stem}.yaml").is_file():
        return f"{stem}.yaml is there too, so if this is a copy delete it"
    return f"rename it to {stem}.yaml"


def _leads_nowhere(entry: os.DirEntry[str]) -> bool:
    """Say whether an entry is neither a file nor a folder, such as a pipe or a link in a circle."""
    try:
        return not entry.is_file() and not entry.is_dir()
    except OSError:
        return True


def _stays_inside(root: Path, entry: os.DirEntry[str]) -> bool:
    return not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(root.resolve())


def _stray(path: str, advice: str) -> Finding:
    return Finding(rules.STRAY_FILE, path, f"{quoted(path)} does not belong here; {advice}")
