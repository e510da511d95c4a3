"""Two files of one assessment put together: what only one of them changed is taken, the rest is to be decided."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Side = Literal["mine", "theirs"]
Data = Mapping[str, Any]

_ITEMS: Mapping[str, tuple[str, ...]] = {
    "evidence": ("title",),
    "actions": ("action",),
    "participants": ("organisation", "role"),
}
"""Lists whose items are known by some of their keys."""
_OWN = ("format", "place", "date", "matrix", "status", "amendments", "stated")
"""What the file of the workspace says by itself."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What two files say differently, and neither is known to be the older one: of a part, a theme or the whole.

    `route` are the keys that lead to it from there. None where one of them does not say it.
    """

    part: str
    route: tuple[str, ...]
    mine: Any
    theirs: Any


@dataclass
class Joined:
    """What both files say together, with the choices made so far; `to_decide` are those that are still to be made.

    `from_mine` and `from_theirs` are the parts of which something was taken from one of them only; `left_out` is what
    of the file of the workspace a choice gives up.
    """

    data: dict[str, Any]
    to_decide: list[Difference] = field(default_factory=list)
    left_out: list[Difference] = field(default_factory=list)
    from_mine: set[str] = field(default_factory=set)
    from_theirs: set[str] = field(default_factory=set)


def joined(before: Data | None, mine: Data, theirs: Data, choice: Callable[[str], Side | None]) -> Joined:
    """Return what two files of one assessment say together.

    `before` is what both were begun from; where that is not known, nothing counts as taken out, and where both say
    something else it is to be decided. `choice` returns which of them a part is taken from, if that is decided.
    """
    return _Joining(choice).whole(before or {}, mine, theirs)


class _Joining:
    def __init__(self, choice: Callable[[str], Side | None]) -> None:
        self._choice = choice
        self._found = Joined({})

    def whole(self, before: Data, mine: Data, theirs: Data) -> Joined:
        """Return all parts together; the tallies of individual views are never mixed."""
        data: dict[str, Any] = {}
        has_new_views = self._has_new_views(before, mine, theirs)
        for key in _keys(theirs, mine):
            if key in _OWN or (key == "agreed" and theirs["status"] == "agreed"):
                value = theirs.get(key)
            elif key == "themes":
                value = self._themes(before, mine, theirs, has_new_views)
            elif key == "gathered":
                value = (mine if has_new_views else theirs).get(key, theirs.get(key))
            else:
                value = self._value(key, (key,), *(one.get(key) for one in (before, mine, theirs)))
            if value is not None:
                data[key] = value
        self._found.data = data
        return self._found

    @staticmethod
    def _has_new_views(before: Data, mine: Data, theirs: Data) -> bool:
        """Say whether the tallies are to be those of mine: somebody counted there, and nobody in the other file."""
        counted = [{theme: told.get("views") for theme, told in (one.get("themes") or {}).items() if told.get("views")}
                   for one in (before, mine, theirs)]  # fmt: skip
        return bool(counted[1]) and counted[1] != counted[0] and counted[2] in ({}, counted[0])

    def _themes(self, before: Data, mine: Data, theirs: Data, has_new_views: bool) -> dict[str, Any]:
        themes = [one.get("themes") or {} for one in (before, mine, theirs)]
        found = {}
        for theme in _keys(themes[2], themes[1]):
            told = [one.get(theme) or {} for one in themes]
            value = self._theme(theme, *told)
            views = told[1 if has_new_views else 2].get("views")
            if views:
                value["views"] = views
            if value or theme in themes[2]:
                found[theme] = value
        return found

    def _theme(self, theme: str, before: Data, mine: Data, theirs: Data) -> dict[str, Any]:
        """Return what is said of a theme; its stage and the reason for it belong together."""
        sides = (before, mine, theirs)
        judged = [{key: one[key] for key in ("stage", "rationale") if key in one} for one in sides]
        found = dict(self._value(theme, (), *(one or None for one in judged)) or {})
        for key in _keys(theirs, mine):
            if key not in ("stage", "rationale", "views"):
                value = self._value(theme, (key,), *(one.get(key) for one in sides))
                if value not in (None, {}, ()):
                    found[key] = value
        return found

    def _value(self, part: str, route: tuple[str, ...], before: Any, mine: Any, theirs: Any) -> Any:
        if mine == theirs:
            return mine
        if mine == before:
            self._found.from_theirs.add(part)
            return theirs
        if theirs == before:
            self._found.from_mine.add(part)
            return mine
        name = route[-1] if route else ""
        is_item = len(route) == 2 and isinstance(mine, Mapping) and isinstance(theirs, Mapping)
        if name == "criteria" or is_item:
            return self._mapping(part, route, before or {}, mine or {}, theirs or {})
        lists = [_by_name(one, _ITEMS.get(name, ())) for one in (before, mine, theirs)]
        if None not in lists:
            return tuple(self._mapping(part, route, *lists).values())  # type: ignore[arg-type]
        return self._one_of(part, route, mine, theirs)

    def _mapping(self, part: str, route: tuple[str, ...], before: Data, mine: Data, theirs: Data) -> dict[str, Any]:
        found = {}
        for key in _keys(theirs, mine):
            value = self._value(part, (*route, key), before.get(key), mine.get(key), theirs.get(key))
            if value is not None:
                found[key] = value
        return found

    def _one_of(self, part: str, route: tuple[str, ...], mine: Any, theirs: Any) -> Any:
        """Return the fuller of two values if it says all that the other says, else the one that is chosen."""
        if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
            both = {**theirs, **mine}
            if both == {**mine, **theirs}:
                self._found.from_mine.add(part)
                self._found.from_theirs.add(part)
                return both
        side, difference = self._choice(part), Difference(part, route, mine, theirs)
        if side is None:
            self._found.to_decide.append(difference)
        elif side == "mine" and theirs is not None:
            self._found.left_out.append(difference)
        return theirs if side == "theirs" else mine


def _keys(first: Data, second: Data) -> list[str]:
    return list(dict.fromkeys((*first, *second)))


def _by_name(items: Sequence[Data] | None, keys: tuple[str, ...]) -> dict[str, Data] | None:
    """Return a list's items by what they are called; None if they have no names, or one has that of another."""
    if not keys or not isinstance(items, tuple | None):
        return None
    found = {", ".join(str(item[key]) for key in keys if key in item): item for item in items or ()}
    return found if len(found) == len(items or ()) else None
