"""The pages of a system: which Places are on them, and each page written in turn."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pbpmaturity.analysis.comparison import Comparison, compare_places
from pbpmaturity.cli.loading import Places, tell_unread
from pbpmaturity.cli.opening import Chosen, open_root
from pbpmaturity.cli.output import tell
from pbpmaturity.cli.reporting.subject import Wanted, subject_of
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import PbpError, UnusableInput, UsageError
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.selector import Shelf
from pbpmaturity.model.settings import Share
from pbpmaturity.report.audience import Audience
from pbpmaturity.report.paper import Paper, paper_of
from pbpmaturity.report.readiness_words import day_in_words
from pbpmaturity.report.site_links import METHODS, OVERVIEW, SiteView, place_page, seen_from, site_of, theme_page
from pbpmaturity.report.site_view import PlaceOnTheme, SiteOverview, methods_of, overview_of, theme_of, themes_said
from pbpmaturity.workspace.outgoing import OpenFile
from pbpmaturity.workspace.site_folder import SiteFolder, refuse_workspace, site_folder, written_site
from pbpmaturity.workspace.templates import Templates, templates_for

_MOST_NAMED = 12
_SINGULAR = {"Places": "Place", "themes": "theme", "pages": "page"}


@dataclass(frozen=True, slots=True)
class Site:
    """What is asked for: pages for whom, as of which day if any, in place of files that are not ours if forced."""

    folder: Path
    audience: Audience
    day: datetime.date | None
    is_forced: bool
    version: str


def refuse_besides_site(**given: object) -> None:
    """Refuse what is for a paper on one Place, and has no meaning for the pages of a system."""
    names = {"place": "a Place", "output": "-o", "format_": "--format", "assets": "--assets"}
    for option, value in given.items():
        if value:
            raise UsageError(
                f"--site makes pages on all Places that share, and {names.get(option, f'--{option}')} does not go with"
                " it",
                "leave one of the two out; --site goes with --for, --as-of, --force and --workspace",
            )


def write_site(site: Site, workspace: Path | None) -> None:
    """Write the pages of a workspace's system into a folder, and say what was written and which Places are not there.

    UnusableInput if the latest assessment of a Place that shares cannot be read: nobody would see that it is missing.
    """
    root = open_root(workspace)
    refuse_workspace(site.folder, root)
    places = Places(root)
    dates: dict[str, str] = {}
    told = compare_places(_noted(places.that_share(publicly=site.audience == "public"), site.day, dates), site.day)
    unread = places.unread
    if not told.files:
        raise _nothing_to_show(places, site.audience, told)
    made = [OVERVIEW, METHODS, *map(place_page, dates), *(theme_page(one.theme) for one in told.themes)]
    folder = site_folder(site.folder, made, is_forced=site.is_forced)
    with written_site(folder) as open_file:
        pages = _Pages(open_file, templates_for(root), site, places, told)
        pages.write(root, dates)
    tell_unread(unread)
    _tell(folder, places, site.audience, told, dates)


def _noted(shelves: Iterable[Shelf], day: datetime.date | None, dates: dict[str, str]) -> Iterator[Shelf]:
    """Pass shelves on, and note the date of the latest agreed assessment of each Place that has one."""
    for shelf in shelves:
        latest = shelf.latest_by(day)
        if latest is not None:
            dates[shelf.place] = latest
        yield shelf


class _Pages:
    """The pages of one run: Places are read once more, one after another, so that their histories are not all kept."""

    def __init__(self, open_file: OpenFile, templates: Templates, site: Site, places: Places, told: Comparison) -> None:
        settings = places.shared.settings
        as_of = day_in_words(site.day) if site.day else None
        self._open = open_file
        self._templates = templates
        self._site = site
        self._places = places
        self._told = told
        self._around = site_of(settings.system, site.audience, as_of, told.themes)
        self._files = {filed.assessment.place: filed for filed in told.files}

    def write(self, root: Path, dates: Mapping[str, str]) -> None:
        said = {place: on_themes for place, on_themes in self._write_places(root, dates) if place in self._files}
        months = self._places.shared.settings.review_every_months
        overview = overview_of(self._told, dates, day=self._site.day, review_months=months)
        self._render("site-index.html.j2", OVERVIEW, seen_from(self._around, OVERVIEW), overview=overview)
        self._write_themes(overview, said)
        settings = self._places.shared.settings_input
        also = (*([settings] if settings else []), *self._templates.own)
        methods = methods_of(self._told, also, months)
        self._render("site-methods.html.j2", METHODS, seen_from(self._around, METHODS), methods=methods)

    def _write_places(self, root: Path, dates: Mapping[str, str]) -> Iterator[tuple[str, dict[str, PlaceOnTheme]]]:
        wanted = Wanted(self._site.audience, day=self._site.day)
        for shelf in self._places.shelves(dates):
            filed = shelf.take(dates[shelf.place])
            self._require_unchanged(filed)
            subject = subject_of(Chosen(root, shelf.portfolio, shelf), filed, wanted, self._templates.own)
            paper = replace(paper_of(subject), asks=())
            page = place_page(shelf.place)
            around = seen_from(self._around, page, paper.view.place, "places")
            if shelf.place not in self._files:
                around = replace(around, themes=())
            self._render_paper(page, around, paper)
            yield shelf.place, themes_said(filed, paper, subject.moved)

    def _require_unchanged(self, filed: FiledAssessment) -> None:
        before = self._files.get(filed.assessment.place)
        if before is not None and before.input != filed.input:
            raise PbpError(f"{filed.path} was changed while the pages were made", "run the command again")

    def _write_themes(self, overview: SiteOverview, said: Mapping[str, Mapping[str, PlaceOnTheme]]) -> None:
        for one in self._told.themes:
            page = theme_page(one.theme)
            on_theme = theme_of(self._told, overview, one, said)
            around = seen_from(self._around, page, on_theme.theme.name, "themes")
            self._render("site-theme.html.j2", page, around, on_theme=on_theme)

    def _render_paper(self, page: str, around: SiteView, paper: Paper) -> None:
        self._render("report.html.j2", page, around, paper=paper, view=paper.view, history=paper.history)

    def _render(self, template: str, page: str, around: SiteView, **values: Any) -> None:
        from pbpmaturity.report.documents import render

        text = render(template, self._templates.texts, site=around, version=self._site.version, **values)
        with self._open(page) as stream:
            stream.write(text.encode("utf-8", "backslashreplace"))


def _nothing_to_show(places: Places, audience: Audience, told: Comparison) -> PbpError:
    settings = places.shared.settings
    shares = {settings.shared_with(place) for place in places.known}
    if not shares:
        return UsageError("the workspace has no Places yet", "record an assessment with: pbp assess PLACE")
    if audience == "public" and "public" not in shares:
        return UsageError(
            "no Place here has share: public in pbp.yaml, so there is nothing to publish",
            "where a Place agrees to be published, write share: public for it under places: in pbp.yaml",
        )
    if shares == {"private"}:
        return UsageError(
            "every Place here has share: private in pbp.yaml, so there is nothing to show",
            "where a Place agrees, write share: system or share: public for it under places: in pbp.yaml",
        )
    reasons = tuple(f"{one.name}: {one.reason}" for one in told.left_out)
    return UnusableInput("no Place that shares its assessments has an agreed one to show", reasons)


def _tell(folder: SiteFolder, places: Places, audience: Audience, told: Comparison, dates: Mapping[str, str]) -> None:
    for one in told.left_out:
        elsewhere = f" (it has a page: {place_page(one.place)})" if one.place in dates else ""
        tell(one_line(f"not set beside the others: {one.name}: {one.reason}{elsewhere}"))
    _tell_kept_out(places, "private", "pbp.yaml has share: private")
    if audience == "public":
        _tell_kept_out(places, "system", "pbp.yaml does not have share: public")
    if folder.gone:
        tell(f"removed pages that are not made any more: {_listed(folder.gone)}")
    if folder.unknown:
        tell(f"left as they are, since this command did not write them: {_listed(folder.unknown)}")
    parts = {"Places": len(dates), "themes": len(told.themes)}
    counts = " and ".join(f"{count} {_SINGULAR[word] if count == 1 else word}" for word, count in parts.items())
    tell(f"wrote {one_line(folder.path.as_posix())}/: {len(folder.pages)} pages on {counts}; begin with {OVERVIEW}")


def _tell_kept_out(places: Places, share: Share, why: str) -> None:
    settings = places.shared.settings
    names = [settings.place_name(place) for place in places.known if settings.shared_with(place) == share]
    if names:
        tell(f"on no page, since {why}: {_listed(names)}")


def _listed(names: Collection[str]) -> str:
    shown = [one_line(name) for name in list(names)[:_MOST_NAMED]]
    more = len(names) - len(shown)
    return f"{', '.join(shown)} and {more} more" if more else ", ".join(shown)
