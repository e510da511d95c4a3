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
from pbpmaturity.model.settings import Settings, Share
from pbpmaturity.report.audience import Audience
from pbpmaturity.report.documents import Documents
from pbpmaturity.report.mentions import mentions_in
from pbpmaturity.report.paper import Paper, paper_of
from pbpmaturity.report.readiness_words import day_in_words
from pbpmaturity.report.site_links import METHODS, OVERVIEW, SiteView, place_page, seen_from, site_of, theme_page
from pbpmaturity.report.site_view import PlaceOnTheme, SiteOverview, methods_of, overview_of, theme_of, themes_said
from pbpmaturity.workspace.outgoing import OpenFile
from pbpmaturity.workspace.site_folder import SiteFolder, refuse_workspace, site_folder, written_site
from pbpmaturity.workspace.templates import templates_for

_MOST_NAMED = 12


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
        pages = _Pages(open_file, site, _System(root, places, told, dates))
        pages.write()
    tell_unread(unread)
    _tell_left_out(places, site.audience, told, dates)
    _tell_mentions(pages.mentions)
    _tell_written(folder, len(dates), len(told.themes))


def _noted(shelves: Iterable[Shelf], day: datetime.date | None, dates: dict[str, str]) -> Iterator[Shelf]:
    """Pass shelves on, and note the date of the latest agreed assessment of each Place that has one."""
    for shelf in shelves:
        latest = shelf.latest_by(day)
        if latest is not None:
            dates[shelf.place] = latest
        yield shelf


@dataclass(frozen=True, slots=True)
class _System:
    """What the pages are about: the Places set side by side, and the dates of all that have a page."""

    root: Path
    places: Places
    told: Comparison
    dates: Mapping[str, str]


class _Pages:
    """The pages of one run: Places are read once more, one after another, so that their histories are not all kept.

    `mentions` are the pages that name a Place without one, by its name.
    """

    def __init__(self, open_file: OpenFile, site: Site, system: _System) -> None:
        settings = system.places.shared.settings
        as_of = day_in_words(site.day) if site.day else None
        kept_out = _kept_out(system.places, site.audience).values()
        self._open = open_file
        self._templates = templates_for(system.root)
        self._documents = Documents(self._templates.texts)
        self._site = site
        self._system = system
        self._around = site_of(settings.system, site.audience, as_of, system.told.themes)
        self._files = {filed.assessment.place: filed for filed in system.told.files}
        self._named = [settings.place_name(place) for place in system.dates]
        self._unnamed = [said for places in kept_out for place in places for said in _called(place, settings)]
        self.mentions: dict[str, list[str]] = {}

    def write(self) -> None:
        said = {place: on_themes for place, on_themes in self._write_places() if place in self._files}
        months = self._system.places.shared.settings.review_every_months
        overview = overview_of(self._system.told, self._system.dates, day=self._site.day, review_months=months)
        self._render("site-index.html.j2", OVERVIEW, seen_from(self._around, OVERVIEW), overview=overview)
        self._write_themes(overview, said)
        settings = self._system.places.shared.settings_input
        also = (*([settings] if settings else []), *self._templates.own)
        methods = methods_of(self._system.told, also, months)
        self._render("site-methods.html.j2", METHODS, seen_from(self._around, METHODS), methods=methods)

    def _write_places(self) -> Iterator[tuple[str, dict[str, PlaceOnTheme]]]:
        wanted = Wanted(self._site.audience, day=self._site.day)
        for shelf in self._system.places.shelves(self._system.dates):
            filed = shelf.take(self._system.dates[shelf.place])
            self._require_unchanged(filed)
            subject = subject_of(Chosen(self._system.root, shelf.portfolio, shelf), filed, wanted, self._templates.own)
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
        for one in self._system.told.themes:
            page = theme_page(one.theme)
            on_theme = theme_of(self._system.told, overview, one, said)
            around = seen_from(self._around, page, on_theme.theme.name, "themes")
            self._render("site-theme.html.j2", page, around, on_theme=on_theme)

    def _render_paper(self, page: str, around: SiteView, paper: Paper) -> None:
        self._render("report.html.j2", page, around, paper=paper, view=paper.view, history=paper.history)

    def _render(self, template: str, page: str, around: SiteView, **values: Any) -> None:
        text = self._documents.render(template, site=around, version=self._site.version, **values)
        for name in mentions_in(text, self._unnamed, self._named):
            self.mentions.setdefault(name, []).append(page)
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


def _tell_left_out(places: Places, audience: Audience, told: Comparison, dates: Collection[str]) -> None:
    for one in told.left_out:
        elsewhere = f" (it has a page: {place_page(one.place)})" if one.place in dates else ""
        tell(one_line(f"not set beside the others: {one.name}: {one.reason}{elsewhere}"))
    whys: dict[Share, str] = {
        "private": "pbp.yaml has share: private",
        "system": "pbp.yaml does not have share: public",
    }
    settings = places.shared.settings
    for share, names in _kept_out(places, audience).items():
        if names:
            tell(f"without a page, since {whys[share]}: {_listed([settings.place_name(place) for place in names])}")


def _kept_out(places: Places, audience: Audience) -> dict[Share, list[str]]:
    """Return the Places that are on no page, by with whom they share."""
    settings = places.shared.settings
    kept: tuple[Share, ...] = ("private", "system") if audience == "public" else ("private",)
    return {share: [place for place in places.known if settings.shared_with(place) == share] for share in kept}


def _called(place: str, settings: Settings) -> tuple[str, ...]:
    """Return what a Place may be called: its name, and its id where that is another word."""
    name = settings.place_name(place)
    return (name,) if name.casefold() == place else (name, place)


def _tell_mentions(mentions: Mapping[str, Collection[str]]) -> None:
    """Say where what people wrote names a Place that has no page: it is theirs, so it is left as it is."""
    for name, pages in mentions.items():
        tell(f"look before you pass it on: {one_line(name)}, which has no page, is named in {_listed(pages)}")


def _tell_written(folder: SiteFolder, places: int, themes: int) -> None:
    if folder.gone:
        tell(f"removed, since they are not made any more: {_listed(folder.gone)}")
    if folder.unknown:
        tell(f"left as they are, since this command did not write them: {_listed(folder.unknown)}")
    counts = f"{places} {'Place' if places == 1 else 'Places'} and {themes} {'theme' if themes == 1 else 'themes'}"
    tell(f"wrote {one_line(folder.path.as_posix())}/: {len(folder.pages)} pages on {counts}; begin with {OVERVIEW}")


def _listed(names: Collection[str]) -> str:
    shown = [one_line(name) for name in list(names)[:_MOST_NAMED]]
    more = len(names) - len(shown)
    return f"{', '.join(shown)} and {more} more" if more else ", ".join(shown)
