"""The offline forms as values for their templates: what the page shows, and what its script needs to know."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from markupsafe import Markup

from pbpmaturity.analysis.overall import overall
from pbpmaturity.analysis.views import ThemeViews, as_shown, most_contested_first, views_of
from pbpmaturity.diagnostics.visible import visible, visible_if_any
from pbpmaturity.model import one_time_code
from pbpmaturity.model.assessment import Action
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment, Input
from pbpmaturity.model.selector import NOT_PLACES
from pbpmaturity.model.settings import Privacy
from pbpmaturity.model.shape import said
from pbpmaturity.report import words

_FACILITATOR = ("yaml", "analysis", "visible", "words", "fields", "personal", "answers", "result", "facilitator")
_PARTICIPANT = ("yaml", "analysis", "visible", "words", "fields", "code", "participant")
_METHODS = (
    ("workshop", "In a workshop"),
    ("interviews", "Through interviews"),
    ("survey", "By a survey"),
    ("desk-review", "By a review of documents"),
)

_BY_PAGE = "This page sends nothing anywhere. Your answers go to whoever asked you for them, by the way you choose."
_BY_SURVEY = "Your answers are kept by the survey tool, with the time at which you gave them, for whoever set it up."
_COUNTED = (
    "They are counted with everybody else's. Kept is how many chose each stage, where {} or more answered a theme."
)
_TOGETHER = "Stages that fewer than {} chose are counted together with their neighbours."
_ALIKE = {
    "show": "If everybody chooses the same stage, everybody will know what you chose.",
    "withhold": "If everybody chooses the same stage, that is not kept.",
}
_NOT_ASKED = (
    "Your name, organisation and role are not asked for. Whoever receives your answers may see from whom they come.",
    "Comments are read by the facilitator, mixed together. Name nobody in them, and nothing that only you could know.",
)
_BY_CODE = (
    "Your code shows that your answers come from somebody who was asked, and lets them count once. Codes are handed out"
    " by chance, and nobody is to note who has which: if yours came to you by name, ask for another."
)
_NO_CONTROLLER = "Who is responsible for your answers is not written here: ask whoever sent you this before you answer."
_NO_TIME = "How long your answers are kept is not written here: ask whoever sent you this."
_RIGHTS = (
    "You need not answer. You can have your answers deleted until they are counted; afterwards nobody can find them.",
    "If something is wrong with how they are handled, tell whoever is responsible, or the Information Commissioner.",
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a form is for: a matrix and, unless it is blank, a Place with its draft and what it looks back at.

    `also` are further files that the page rests on, and `personal` is what tells the names of people from others. With
    `asks_code` a participant saves nothing without a one-time code; the page knows how one is checked, and none.
    """

    matrix: Matrix
    provenance: str = "self-assessment"
    place: str | None = None
    place_name: str | None = None
    draft: FiledAssessment | None = None
    last: FiledAssessment | None = None
    also: tuple[Input, ...] = ()
    personal: Mapping[str, str | list[str]] = field(default_factory=dict)
    asks_code: bool = False

    def resting_on(self, files: tuple[Input, ...]) -> Self:
        """Return the same, resting on further files."""
        return replace(self, also=(*self.also, *files))


@dataclass(frozen=True, slots=True)
class FormView:
    """What form.html.j2 and participant.html.j2 show; `config` and `script` are safe to stand in a page as they are."""

    title: str
    place: str | None
    banners: tuple[str, ...]
    stages: tuple[tuple[str, str], ...]
    methods: tuple[tuple[str, str], ...]
    has_last: bool
    has_order: bool
    looks_back: str
    privacy: tuple[str, ...]
    asks_code: bool
    inputs: tuple[Input, ...]
    config: Markup
    script: Markup
    script_hash: str


def facilitator_form(occasion: Occasion, privacy: Privacy, scripts: Mapping[str, str]) -> FormView:
    """Return the form with which a workshop is recorded."""
    views = _views(occasion)
    has_last = occasion.last is not None
    has_order = any(one.agreement is not None for one in views)
    parts = [
        *(["last time's stage"] if has_last else []),
        *(["what individuals said"] if views else []),
    ]
    config = {
        **_config(occasion, "form"),
        "provenance": occasion.provenance,
        "notPlaces": NOT_PLACES,
        "personal": occasion.personal,
        "last": _last(occasion.matrix, occasion.last) if occasion.last else None,
        "base": _base(occasion.draft) if occasion.draft else None,
        "views": {
            one.theme: {"line": visible(words.individual_views(one, occasion.matrix) or ""), "middle": one.middle}
            for one in views
        },
        "fewest": privacy.fewest_seen,
        "contested": [one.theme for one in _contested(occasion)] if has_order else [],
    }
    return _view(
        "Workshop record",
        occasion,
        config,
        _script(scripts, _FACILITATOR),
        banners=_banners(occasion),
        has_last=has_last,
        has_order=has_order,
        looks_back=" and ".join(parts),
    )


def participant_form(occasion: Occasion, privacy: Privacy, scripts: Mapping[str, str]) -> FormView:
    """Return the form in which one person gives their view."""
    config = _config(occasion, "view")
    if occasion.asks_code:
        config["code"] = {"symbols": one_time_code.SYMBOLS, "length": one_time_code.LENGTH}
    script = _script(scripts, _PARTICIPANT)
    return _view("Your view", occasion, config, script, privacy=privacy_notice(privacy, by_code=occasion.asks_code))


def privacy_notice(privacy: Privacy, *, by_page: bool = True, by_code: bool = False) -> tuple[str, ...]:
    """Return what becomes of a participant's answers, a sentence or two each; what is not known is said.

    They are given on a page that sends nothing, and may ask for a one-time code, or with a survey tool.
    """
    controller = visible_if_any(privacy.controller)
    kept = visible_if_any(privacy.keep_until)
    return (
        _BY_PAGE if by_page else _BY_SURVEY,
        _COUNTED.format(words.number(privacy.fewest_seen)),
        *([_TOGETHER.format(words.number(privacy.smallest_cell))] if privacy.smallest_cell > 1 else []),
        _ALIKE[privacy.all_alike],
        *_NOT_ASKED,
        *([_BY_CODE] if by_code else []),
        f"{controller} is responsible for your answers." if controller else _NO_CONTROLLER,
        kept or _NO_TIME,
        *_RIGHTS,
    )


def _view(
    what: str,
    occasion: Occasion,
    config: dict[str, Any],
    script: str,
    *,
    banners: tuple[str, ...] = (),
    has_last: bool = False,
    has_order: bool = False,
    looks_back: str = "",
    privacy: tuple[str, ...] = (),
) -> FormView:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return FormView(
        title=f"{what}: {visible(occasion.place_name)}" if occasion.place_name else what,
        place=occasion.place,
        banners=banners,
        stages=tuple((stage.id, visible(stage.name)) for stage in occasion.matrix.stages),
        methods=_METHODS,
        has_last=has_last,
        has_order=has_order,
        looks_back=looks_back,
        privacy=privacy,
        asks_code=occasion.asks_code,
        inputs=_inputs(occasion),
        config=_as_json(config),
        script=Markup(script),
        script_hash=f"sha256-{digest}",
    )


def _config(occasion: Occasion, kind: str) -> dict[str, Any]:
    matrix = occasion.matrix
    return {
        "key": f"pbp:{kind}:{occasion.place or ''}:{matrix.ref}",
        "place": occasion.place,
        "placeName": visible_if_any(occasion.place_name),
        "matrix": {
            "ref": matrix.ref,
            "overall": matrix.overall,
            "stages": [{"id": stage.id, "name": visible(stage.name)} for stage in matrix.stages],
            "themes": [
                {
                    "id": theme.id,
                    "name": visible(theme.name),
                    "criteria": {stage: [one.id for one in cell] for stage, cell in theme.criteria.items()},
                }
                for theme in matrix.themes
            ],
        },
    }


def _last(matrix: Matrix, last: FiledAssessment) -> dict[str, Any]:
    """Return what the page looks back at: stages, reasons and open actions of last time."""
    assessment, then = last.assessment, last.matrix
    result = overall(assessment, then)
    return {
        "date": assessment.date.text,
        "status": assessment.status,
        "provenance": assessment.provenance,
        "method": assessment.method,
        "matrix": then.ref,
        "isStated": assessment.stated is not None,
        "overall": {"stage": result.stage, "settled": result.settled},
        "known": list(then.theme_ids),
        "gone": _only_in(then, matrix),
        "added": _only_in(matrix, then),
        "states": {theme: assessment.state(theme) for theme in then.theme_ids},
        "themes": {theme: _theme_last(last, theme) for theme in then.theme_ids},
    }


def _only_in(matrix: Matrix, other: Matrix) -> list[dict[str, str]]:
    return [{"id": theme.id, "name": visible(theme.name)} for theme in matrix.themes if theme.id not in other.theme_ids]


def _theme_last(last: FiledAssessment, theme: str) -> dict[str, Any]:
    told = last.assessment.said_of(theme)
    return {
        "rationale": visible_if_any(told.rationale),
        "actions": [_open_action(action) for action in told.actions if action.status == "open"],
    }


def _open_action(action: Action) -> dict[str, str | None]:
    details = [action.owner, f"due {action.due.shown()}" if action.due else None]
    known = "; ".join(part for part in details if part)
    return {
        "action": action.action,
        "owner": action.owner,
        "due": action.due.text if action.due else None,
        "shown": visible(f"{action.action} ({known})" if known else action.action),
    }


def _base(draft: FiledAssessment) -> dict[str, Any]:
    """Return what a draft says, as a file does; of tallies, what may be seen."""
    record: dict[str, Any] = _plain(said(as_shown(draft).assessment))
    for told in record.get("themes", {}).values():
        if not told.get("views"):
            told.pop("views", None)
    return record


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, int) else str(value)


def _views(occasion: Occasion) -> tuple[ThemeViews, ...]:
    """Return the tallies that may be shown, in the order of the matrix."""
    draft = occasion.draft
    return tuple(one for one in views_of(draft) if one.tally) if draft else ()


def _contested(occasion: Occasion) -> tuple[ThemeViews, ...]:
    draft = occasion.draft
    return most_contested_first(views_of(draft)) if draft else ()


def _banners(occasion: Occasion) -> tuple[str, ...]:
    files = [filed.assessment for filed in (occasion.draft, occasion.last) if filed is not None]
    return tuple(visible(banner) for banner in words.banners(*files) if not banner.startswith("DRAFT"))


def _inputs(occasion: Occasion) -> tuple[Input, ...]:
    files = [filed for filed in (occasion.draft, occasion.last) if filed is not None]
    own = [one for filed in files for one in (filed.input, filed.matrix_input)]
    return tuple(Input(visible(file.path), file.sha256) for file in dict.fromkeys([*own, *occasion.also]))


def _script(scripts: Mapping[str, str], names: tuple[str, ...]) -> str:
    """Return one script of several parts, which see one another and leave nothing behind in the page."""
    head = (
        "(function () {\n'use strict';\nconst config = JSON.parse(document.getElementById('config').textContent);\n"
        "const matrix = config.matrix;\n"
    )
    # The page collapses blank lines, which must not change a script whose hash is known.
    return re.sub(r"\n{2,}", "\n", head + "\n".join(scripts[f"{name}.js"] for name in names) + "})();")


def _as_json(value: dict[str, Any]) -> Markup:
    """Return JSON that can stand inside a script element: nothing in it ends the element or begins another."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)
