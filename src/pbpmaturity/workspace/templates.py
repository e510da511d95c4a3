"""Templates by name: a workspace's own, file by file, before those that ship."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pbpmaturity.errors import TemplateFault
from pbpmaturity.model.portfolio import Input
from pbpmaturity.workspace.shipped import shipped_templates
from pbpmaturity.workspace.source import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Templates:
    """Every template's text by name, and the workspace's own among them as inputs of what they make."""

    texts: dict[str, str]
    own: tuple[Input, ...] = ()


def templates_for(root: Path | None) -> Templates:
    """Return the templates for a workspace; TemplateFault if one of its own cannot be read."""
    found = shipped_templates()
    folder = root / "templates" if root else None
    if folder is None or not (folder.exists() or folder.is_symlink()):
        return Templates(found)
    own: list[Input] = []
    for path in _templates_in(folder):
        try:
            inside = path.resolve().is_relative_to(folder.parent.resolve())
            if inside and path.stat().st_size <= MAX_BYTES:
                data = path.read_bytes()
                found[path.name] = data.decode("utf-8").replace("\r\n", "\n")
                own += _own(path.name, data)
                continue
            reason = "it is over 1 MiB" if inside else "it leads outside the workspace"
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise TemplateFault(f"templates/{path.name} cannot be read: {reason}")
    return Templates(found, tuple(own))


def _templates_in(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".j2")
    except OSError as error:
        raise TemplateFault(f"templates cannot be read: {error.strerror or type(error).__name__}") from None


def _own(name: str, data: bytes) -> list[Input]:
    """Return a template as an input, unless its bytes are those that ship, as in this project's own checkout."""
    is_shipped = shipped_templates().get(name) == data.decode("utf-8")
    return [] if is_shipped else [Input(f"templates/{name}", hashlib.sha256(data).hexdigest())]
