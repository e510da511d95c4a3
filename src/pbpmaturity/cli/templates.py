"""pbp templates: which templates there are and whose, and one laid into the workspace to change."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from pbpmaturity.cli.opening import open_root
from pbpmaturity.cli.options import WorkspaceOption
from pbpmaturity.cli.output import emit, is_colourful, screen_width, shown_path, tell
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import UsageError
from pbpmaturity.workspace.layout import find_root, require_root
from pbpmaturity.workspace.shipped import shipped_templates
from pbpmaturity.workspace.templates import in_the_way, lay_templates, other_files, own_templates


def templates(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="copy NAME", help="The templates to lay into your workspace.", show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Copy over one that is there, and lose what it says.")] = False,
    format_: Annotated[
        Literal["text", "json"] | None, typer.Option("--format", help="How to print the list; without it, as text.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """List the templates, or copy one to change it.

    They make reports, pages and Markdown. The list says what each is for and whose is used here: the one that ships, or
    yours from templates/, with what keeps it from being used. A copy takes the place of the shipped one as long as it
    is there; delete it to go back. docs/templates.md has all that templates can use.

    \b
    Examples:
      pbp templates
      pbp templates copy report.html.j2
      pbp templates copy report.html.j2 report.css.j2
      pbp templates copy show.md.j2 --force

    Exit codes: 0 fine; 1 one of your own templates cannot be used; 2 wrong usage, or input missing or unusable; 3 a
    bug; 130 interrupted.
    """
    if words:
        _copy(_asked_for(words), workspace, format_, is_forced=force)
        return
    if force:
        raise UsageError("--force is for copying", "as in: pbp templates copy report.html.j2 --force")
    _list(require_root(workspace) if workspace else find_root(Path.cwd()), format_)


def _list(root: Path | None, format_: str | None) -> None:
    from pbpmaturity.report.records import as_json
    from pbpmaturity.report.templates_text import templates_text
    from pbpmaturity.report.templates_view import OwnFile, template_rows, templates_record

    own = [OwnFile(one.name, one.text, one.fault) for one in (own_templates(root) if root else ())]
    rows = template_rows(shipped_templates(), own, other_files(root) if root else ())
    if format_ == "json":
        emit(as_json(templates_record(rows)))
    else:
        emit(templates_text(rows, width=screen_width(), colour=is_colourful()))
    if any(row.state == "unusable" for row in rows):
        raise typer.Exit(1)


def _copy(names: Sequence[str], workspace: Path | None, format_: str | None, *, is_forced: bool) -> None:
    if format_ is not None:
        raise UsageError("--format is for the list, and copying prints none", "leave it out")
    root = open_root(workspace)
    there = [] if is_forced else in_the_way(root, names)
    if there:
        raise UsageError(
            f"{one_line(shown_path(there[0]))} is there already, so nothing was written",
            "give --force to lay the shipped one over it, which loses what it says",
        )
    for path in lay_templates(root, names):
        emit(f"wrote {one_line(shown_path(path))}\n")
    one, it = ("it", "the one that ships") if len(names) == 1 else ("them", "those that ship")
    tell(f"Change {one}, then check with: pbp templates. Delete {one} to go back to {it}.")


def _asked_for(words: Sequence[str]) -> list[str]:
    """Return the names of the templates to copy, each once; UsageError if the words do not mean that."""
    shipped = sorted(shipped_templates())
    if words[0] != "copy":
        named = words[0] if words[0] in shipped else "report.html.j2"
        raise UsageError(
            f"{quoted(words[0])} is nothing that pbp templates does", f"to copy one: pbp templates copy {named}"
        )
    if len(words) == 1:
        raise UsageError("name the template to copy", "as in: pbp templates copy report.html.j2")
    for word in words[1:]:
        if word not in shipped:
            raise UsageError(f"there is no template {quoted(word)}; {_guess(word, shipped)}", "see: pbp templates")
    return list(dict.fromkeys(words[1:]))


def _guess(word: str, shipped: Sequence[str]) -> str:
    """Return the end of a sentence that says what was meant: also by a path, or a name without its ending."""
    name = word.replace("\\", "/").rpartition("/")[2]
    begun = [one for one in shipped if one == name or one.startswith(f"{name.lower()}.")]
    return f"did you mean {' or '.join(map(quoted, begun))}?" if begun else guess_or_list(name, shipped)
