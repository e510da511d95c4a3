"""Where the pages of a system are, and the links that each of them shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pbpmaturity.analysis.comparison import ThemeComparison
from pbpmaturity.diagnostics.visible import visible
from pbpmaturity.model.selector import is_device
from pbpmaturity.report.audience import LEFT_OUT, MARKINGS, Audience

OVERVIEW, METHODS = "index.html", "methods.html"


@dataclass(frozen=True, slots=True)
class SiteLink:
    """A link to a page of the system, as seen from the page that shows it."""

    id: str
    name: str
    path: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page of a system shows around its own text.

    `up` leads to the folder of the overview, and `here` is the way from there to a page below it.
    """

    system: str
    marking: str
    left_out: str | None
    as_of: str | None
    up: str
    links: tuple[SiteLink, ...]
    here: tuple[SiteLink, ...]
    themes: tuple[SiteLink, ...]


def place_page(place: str) -> str:
    """Return where a Place's page is, seen from the overview."""
    return f"places/{place}.html"


def theme_page(theme: str) -> str:
    """Return where a theme's page is, seen from the overview; never a name that Windows keeps for a device."""
    return f"themes/{theme}{'_' if is_device(theme) else ''}.html"


def site_of(system: str | None, audience: Audience, as_of: str | None, themes: Sequence[ThemeComparison]) -> SiteView:
    """Return what the overview shows around its own text."""
    name = visible(system or "Places of this workspace")
    return SiteView(
        system=name,
        marking=MARKINGS[audience],
        left_out=LEFT_OUT if audience == "public" else None,
        as_of=as_of,
        up="",
        links=(
            SiteLink("overview", "Overview", OVERVIEW),
            SiteLink("places", "Places", f"{OVERVIEW}#places"),
            SiteLink("themes", "Themes", f"{OVERVIEW}#themes"),
            SiteLink("methods", "Methods", METHODS),
        ),
        here=(),
        themes=tuple(SiteLink(one.theme, visible(one.name), theme_page(one.theme)) for one in themes),
    )


def seen_from(site: SiteView, page: str, name: str = "", part: str = "") -> SiteView:
    """Return what a page shows around its own text; one below the overview has a name, and the part that it is of."""
    up = "../" * page.count("/")

    def link(one: SiteLink) -> SiteLink:
        return replace(one, path=f"{up}{one.path}", is_current=one.path == page)

    links = tuple(link(one) for one in site.links)
    first, middle = links[0], next((one for one in links if one.id == part), None)
    here = (replace(first, name=site.system), *([middle] if middle else []), SiteLink("", name, "", is_current=True))
    return replace(
        site,
        up=up,
        links=links,
        here=here if name else (),
        themes=tuple(link(one) for one in site.themes),
    )
