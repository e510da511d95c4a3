"""Templates by name: a workspace's own, file by file, before those that ship."""

import codecs
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pbpmaturity.errors import PbpError, TemplateFault
from pbpmaturity.model.portfolio import Input
from pbpmaturity.workspace.litter import is_passed_over
from pbpmaturity.workspace.outgoing import written_folder
from pbpmaturity.workspace.save import resolved
from pbpmaturity.workspace.shipped import shipped_templates
from pbpmaturity.workspace.source import MAX_BYTES

TEMPLATES = "templates"
ENDING = ".j2"

_REFUSED = "choose another place with --workspace, or let files be written to this one"


@dataclass(frozen=True, slots=True)
class Templates:
    """Every template's text by name, and the workspace's own among them as inputs of what they make."""

    texts: dict[str, str]
    own: tuple[Input, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """One of a workspace's own templates: its text and the SHA-256 of its bytes, or why it cannot be read."""

    name: str
    text: str | None = None
    sha256: str = ""
    fault: str = ""


def templates_for(root: Path | None) -> Templates:
    """Return the templates for a workspace; TemplateFault if one of its own cannot be read."""
    shipped = shipped_templates()
    texts, inputs = dict(shipped), []
    for own in own_templates(root) if root else ():
        if own.text is None:
            raise TemplateFault(f"{TEMPLATES}/{own.name} cannot be read: {own.fault}")
        texts[own.name] = own.text
        if own.text != shipped.get(own.name):  # it is the same in this project's own checkout
            inputs.append(Input(f"{TEMPLATES}/{own.name}", own.sha256))
    return Templates(texts, tuple(inputs))


def own_templates(root: Path) -> list[OwnTemplate]:
    """Return a workspace's own templates, by name; TemplateFault if their folder cannot be read."""
    return [_read(path, root) for path in _in_folder(root) if path.suffix == ENDING]


def other_files(root: Path) -> list[str]:
    """Return the names of what else lies beside a workspace's own templates, and is therefore not read."""
    return [path.name for path in _in_folder(root) if path.suffix != ENDING]


def in_the_way(root: Path, names: Iterable[str]) -> list[Path]:
    """Return what stands where templates of these names would be laid."""
    paths = (root / TEMPLATES / name for name in names)
    return [path for path in paths if path.exists() or path.is_symlink()]


def lay_templates(root: Path, names: Iterable[str]) -> list[Path]:
    """Lay templates that ship into a workspace, over what is there, and return where they are.

    PbpError says what keeps one from being written; then none is.
    """
    paths = [root / TEMPLATES / name for name in names]
    for path in paths:
        _refuse_place(path, root)
    texts = shipped_templates()
    with written_folder(root / TEMPLATES, what="templates", hint=_REFUSED) as open_file:
        for path in paths:
            with open_file(path.name) as stream:
                stream.write(texts[path.name].encode())
    return paths


def _refuse_place(path: Path, root: Path) -> None:
    shown = f'"{TEMPLATES}/{path.name}"'
    if not resolved(path).is_relative_to(resolved(root)):
        raise PbpError(f"{shown} leads outside the workspace, so nothing was written", "delete the link, and try again")
    if path.parent.exists() and not path.parent.is_dir():
        raise PbpError(f'"{TEMPLATES}" is a file, and templates lie in a folder of that name', "move it elsewhere")
    if path.exists() and not path.is_file():
        kind = "a folder" if path.is_dir() else "no file"
        raise PbpError(f"{shown} is {kind}, so nothing was written", "move it elsewhere, and try again")


def _in_folder(root: Path) -> list[Path]:
    folder = root / TEMPLATES
    if not (folder.exists() or folder.is_symlink()):
        return []
    try:
        return sorted(path for path in folder.iterdir() if not is_passed_over(path.name))
    except OSError as error:
        raise TemplateFault(f"templates cannot be read: {error.strerror or type(error).__name__}") from None


def _read(path: Path, root: Path) -> OwnTemplate:
    """Read a template; the mark that Windows begins a text with, and its line ends, are no part of it."""
    try:
        reason = _refused(path, root)
        if reason:
            return OwnTemplate(path.name, fault=reason)
        data = path.read_bytes()
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return OwnTemplate(path.name, fault="it is not UTF-8")
    except (OSError, RuntimeError) as error:  # RuntimeError: how Python 3.11 says that links lead in a circle
        return OwnTemplate(path.name, fault=getattr(error, "strerror", None) or "its links lead in a circle")
    return OwnTemplate(path.name, text, hashlib.sha256(data).hexdigest())


def _refused(path: Path, root: Path) -> str:
    if not path.resolve().is_relative_to(root.resolve()):
        return "it leads outside the workspace"
    if path.exists() and not path.is_file():
        return "it is a folder" if path.is_dir() else "it is no file"
    return "it is over 1 MiB" if path.stat().st_size > MAX_BYTES else ""
