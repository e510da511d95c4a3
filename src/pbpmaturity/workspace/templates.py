"""Templates by name: a workspace's own, file by file, before those that ship."""

from pathlib import Path

from pbpmaturity.errors import TemplateFault
from pbpmaturity.workspace.shipped import shipped_templates
from pbpmaturity.workspace.source import MAX_BYTES


def templates_for(root: Path | None) -> dict[str, str]:
    """Return every template's text; TemplateFault if one of the workspace's own cannot be read."""
    found = shipped_templates()
    folder = root / "templates" if root else None
    if folder is None or not folder.is_dir():
        return found
    for path in sorted(folder.glob("*.j2")):
        try:
            inside = path.resolve().is_relative_to(folder.parent.resolve())
            if inside and path.stat().st_size <= MAX_BYTES:
                found[path.name] = path.read_text("utf-8")
                continue
            reason = "it is over 1 MiB" if inside else "it leads outside the workspace"
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise TemplateFault(f"templates/{path.name} cannot be read: {reason}")
    return found
