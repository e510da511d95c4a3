"""pbp delegation: the service areas with the example remit, or one with the questions to ask."""

from pathlib import Path
from typing import Annotated

import typer

from pbpmaturity.cli.instruments import delegation_in_use
from pbpmaturity.cli.loading import tell_of_unread
from pbpmaturity.cli.opening import open_or_shipped
from pbpmaturity.cli.options import FormatOption, TextFormat, WorkspaceOption
from pbpmaturity.cli.output import emit, is_colourful, screen_width
from pbpmaturity.diagnostics.suggest import did_you_mean, guess_or_list, quoted
from pbpmaturity.errors import UsageError
from pbpmaturity.model.delegation import Delegation, ServiceArea
from pbpmaturity.report.delegation_view import delegation_record, delegation_view
from pbpmaturity.report.records import as_json


def delegation(
    area: Annotated[str | None, typer.Argument(metavar="AREA", help="A service area, by id or name.")] = None,
    format_: FormatOption = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """Show what might sit with the system and with a Place.

    Without AREA it lists the service areas with the example remit; with it, one of them with what each side does in the
    example, why it is read so, and the questions to talk through before deciding where it should sit. The remit that
    ships is one system's worked example of March 2023 and no national policy. No workspace is needed; one with a file
    in delegation/ has its own.

    \b
    Examples:
      pbp delegation
      pbp delegation community-services
      pbp delegation maternity --format markdown

    Exit codes: 0 fine; 2 wrong usage, or input missing or unusable; 3 a bug; 130 interrupted.
    """
    root, portfolio = open_or_shipped(workspace)
    found = delegation_in_use(portfolio)
    one = _area(found, area) if area is not None else None
    tell_of_unread(portfolio)
    if format_ == "json":
        emit(as_json(delegation_record(found, one)))
    else:
        emit(_document(found, one, root, format_))


def _area(found: Delegation, word: str) -> ServiceArea:
    """Return the service area that a word means, by id or by name in any case."""
    wanted = " ".join(word.lower().split())
    for area in found.service_areas:
        if wanted in (area.id, " ".join(area.name.lower().split())):
            return area
    ids = [area.id for area in found.service_areas]
    by_name = {area.name: area.id for area in found.service_areas}
    near = None if did_you_mean(word, ids) else did_you_mean(word, by_name)
    guess = f'did you mean "{by_name[near]}"?' if near else guess_or_list(word, ids, most=30)
    raise UsageError(f"{quoted(word)} is not a service area of {found.ref}; {guess}")


def _document(found: Delegation, one: ServiceArea | None, root: Path | None, format_: TextFormat) -> str:
    view = delegation_view(found)
    shown = next((area for _, areas in view.groups for area in areas if one and area.id == one.id), None)
    if format_ == "markdown":
        from pbpmaturity.report.documents import render
        from pbpmaturity.workspace.templates import templates_for

        return render("delegation.md.j2", templates_for(root).texts, delegation=view, area=shown)
    from pbpmaturity.report.instruments_text import area_text, delegation_text

    if shown is None:
        return delegation_text(view, width=screen_width(), colour=is_colourful())
    return area_text(view, shown, width=screen_width(), colour=is_colourful())
