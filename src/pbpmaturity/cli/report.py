"""pbp report: papers for a board on one assessment, or pages on a whole system."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from pbpmaturity.cli.clock import day_of
from pbpmaturity.cli.document import delivering, refuse_to_replace
from pbpmaturity.cli.opening import Chosen, choose, tell_of_the_rest
from pbpmaturity.cli.options import OutputOption, WorkspaceOption, folder_to_write
from pbpmaturity.cli.output import tell
from pbpmaturity.cli.reporting.charts import charts_beside, refuse_sources_folder
from pbpmaturity.cli.reporting.formats import Cut, PaperFormat, cut_and_format, refuse_to_overwrite, written
from pbpmaturity.cli.reporting.subject import Wanted, subject_of
from pbpmaturity.errors import UsageError
from pbpmaturity.report.audience import Audience
from pbpmaturity.report.paper import paper_of


def report(
    ctx: typer.Context,
    place: Annotated[
        str | None, typer.Argument(metavar="PLACE[@WHEN]", help="A Place, one of its dates, or a file.")
    ] = None,
    output: OutputOption = None,
    format_: Annotated[
        PaperFormat | None,
        typer.Option("--format", help="Without it, by FILE's ending (.md, .html, .docx, .pptx), else markdown."),
    ] = None,
    cut: Annotated[
        Cut | None,
        typer.Option(help="full; page, one side of A4; slides, three; or cover, text for a cover sheet. Else full."),
    ] = None,
    audience: Annotated[
        Audience,
        typer.Option("--for", help="public leaves out reasons, dissent, owners of actions and individual views."),
    ] = "partners",
    since: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="Compare with this assessment; without it, the agreed one before."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="A day, or today: say what is overdue or past on it."),
    ] = None,
    test: Annotated[str | None, typer.Option(metavar="ID", help="Add this readiness test; needs --as-of.")] = None,
    ask: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help='What the board is asked, as in "agree the two targets"; repeatable.'),
    ] = None,
    assets: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", parser=folder_to_write, help="Write the charts as SVG files too; Markdown shows them."
        ),
    ] = None,
    site: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            parser=folder_to_write,
            help="Instead of a paper, pages on all Places that share, linked with each other.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a docx or pptx file, or pages that --site did not write.")
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Write a paper for a board, or the pages of a system.

    The full report has everything: progress since last time and since the baseline, all assessments so far, criteria,
    targets, actions, and each theme. The page is one side of A4, and the slides are three. It rests on the files alone
    and is the same, byte for byte, whenever it is made. Its last line names the files.

    With --site the folder gets an overview, a page for each Place and theme, and one on methods. Places with share:
    private in pbp.yaml are on none of them; --for public takes only Places with share: public.

    \b
    Examples:
      pbp report northam -o northam.html
      pbp report northam --cut page -o page.docx --ask "agree the two targets"
      pbp report northam --cut slides -o slides.pptx
      pbp report northam@2024 --for public -o public.html
      pbp report northam --as-of today --test community-services-example -o northam.html
      pbp report --site site --for public

    Exit codes: 0 fine; 2 wrong usage, or input missing or unusable; 3 a bug; 130 interrupted.
    """
    from pbpmaturity.workspace.templates import templates_for

    if site is not None:
        from pbpmaturity.cli.reporting.site import Site, refuse_besides_site, write_site

        refuse_besides_site(
            place=place, output=output, format_=format_, cut=cut, since=since, test=test, ask=ask, assets=assets
        )
        write_site(Site(site, audience, day_of(as_of) if as_of else None, force, ctx.obj), workspace)
        return
    if place is None:
        raise UsageError("name a Place, or give --site DIR", "as in: pbp report northam, or pbp report --site site")
    _refuse_empty(ask or ())
    chosen_cut, chosen_format = cut_and_format(cut, format_, output)
    chosen = choose(place, workspace)
    refuse_to_replace(output, chosen.root, chosen.file)
    refuse_to_overwrite(output, chosen_format, is_forced=force)
    refuse_sources_folder(assets, chosen.root)
    after = chosen.shelf.take(chosen.date_or("latest"))
    tell_of_the_rest(chosen, after.assessment.date.text)
    templates = templates_for(chosen.root)
    day = day_of(as_of) if as_of else None
    wanted = Wanted(audience, since, day, test, tuple(ask or ()), has_history=chosen_cut == "full")
    paper = paper_of(subject_of(chosen, after, wanted, templates.own))
    with delivering(output) as take, charts_beside(paper, after, assets, output, templates.texts) as paper:
        take(written(paper, chosen_cut, chosen_format, templates.texts, ctx.obj))
    _tell_of_sharing(chosen, audience)


def _refuse_empty(asks: Sequence[str]) -> None:
    if any(not text.strip() for text in asks):
        raise UsageError("--ask is empty", 'say what the board is asked, as in: --ask "agree the two targets"')


def _tell_of_sharing(chosen: Chosen, audience: Audience) -> None:
    share = chosen.portfolio.settings.shared_with(chosen.shelf.place)
    if audience == "public" and chosen.root is not None and share != "public":
        tell(f"pbp.yaml does not say share: public for {chosen.shelf.name}, so ask before you publish this")
