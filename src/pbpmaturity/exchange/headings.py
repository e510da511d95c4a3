"""Which column is about which theme: matched by what its header says, never by where it stands."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pbpmaturity.diagnostics.suggest import did_you_mean, guess_or_list, quoted
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import PbpError, UsageError
from pbpmaturity.exchange.sheets import column_letter
from pbpmaturity.model.individual_view import comment_heading
from pbpmaturity.model.matrix import Matrix

_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_NUMBERING = re.compile(r"(?:q(?:uestion)? ?)?[0-9]{1,3} ?[.):]+ ?|q(?:uestion)? ?[0-9]{1,3} ")
_TRAILING = " :?*"
_ABOUT = r"comments?|why|reasons?"
_COMMENT_AFTER = re.compile(rf"(.+?)[ :,(–—-]+(?:{_ABOUT})\)?")
_COMMENT_BEFORE = re.compile(rf"(?:{_ABOUT})(?: (?:on|for|about))?[ :–—-]+(.+)")
_LONGEST = 500  # of what is looked through for words about comments, and compared with what was meant
_IGNORED = ("", "ignore")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column holds: ratings of a theme, or comments on it."""

    theme: str
    is_comment: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """What `--map` says of a column, named by its header or its letter; no meaning if it is to be left out."""

    header: str
    meaning: Meaning | None


@dataclass(frozen=True, slots=True)
class Matching:
    """What the columns of a sheet hold, by column from 0; `used` are the corrections that fitted one."""

    headers: tuple[str, ...]
    themes: Mapping[int, str]
    comments: Mapping[int, str]
    left_out: tuple[int, ...]
    used: frozenset[Correction]

    def without(self, columns: Collection[int]) -> "Matching":
        """Return the same with some columns of themes left out."""
        themes = {at: theme for at, theme in self.themes.items() if at not in columns}
        return replace(self, themes=themes, left_out=tuple(sorted({*self.left_out, *columns})))

    @property
    def unmatched(self) -> tuple[int, ...]:
        """The columns that have a header and no meaning."""
        known = {*self.themes, *self.comments, *self.left_out}
        return tuple(at for at, header in enumerate(self.headers) if header.strip() and at not in known)


class Headings:
    """What headers may say of the themes of a matrix."""

    def __init__(self, matrix: Matrix) -> None:
        self._matrix = matrix
        self._exact: dict[str, list[str]] = {}
        self._bare: dict[str, list[str]] = {}
        for theme in matrix.themes:
            for name in dict.fromkeys([theme.name, one_line(theme.name), theme.id, theme.id.replace("-", " ")]):
                _note(self._exact, _spaced(name), theme.id)
                _note(self._bare, plain(name), theme.id)

    def count(self, headers: Sequence[str], corrections: Sequence[Correction] = ()) -> int:
        """Return how many of the headers are about a theme, or are named by a correction."""
        named = {plain(correction.header) for correction in corrections}
        return sum(self.meaning(header) is not None or plain(header) in named for header in headers)

    def meaning(self, header: str) -> Meaning | None:
        """Return what a column with this header holds; None if it is about no theme, or could be about two."""
        if theme := self._theme(header):
            return Meaning(theme)
        if len(header) > _LONGEST:
            return None
        for pattern in (_COMMENT_AFTER, _COMMENT_BEFORE):
            match = pattern.fullmatch(plain(header))
            if match and (theme := self._theme(match[1])):
                return Meaning(theme, is_comment=True)
        return None

    def corrections(self, values: Iterable[str]) -> tuple[Correction, ...]:
        """Return what `--map HEADER=THEME` asks for; UsageError if it names no theme."""
        return tuple(self._correction(value) for value in values)

    def matched(self, headers: tuple[str, ...], corrections: Sequence[Correction], name: str) -> Matching:
        """Return what the columns of a sheet hold; UsageError if two hold one theme."""
        corrected = _corrected(headers, corrections)
        themes: dict[int, str] = {}
        comments: dict[int, str] = {}
        for at, header in enumerate(headers):
            meaning = corrected[at].meaning if at in corrected else self.meaning(header)
            if meaning is not None:
                (comments if meaning.is_comment else themes)[at] = meaning.theme
        self._refuse_doubled(headers, themes, name)
        left_out = tuple(at for at, one in corrected.items() if one.meaning is None)
        return Matching(headers, themes, comments, left_out, frozenset(corrected.values()))

    def _theme(self, text: str) -> str | None:
        found = self._exact.get(_spaced(text)) or self._bare.get(plain(text)) or []
        return found[0] if len(found) == 1 else None

    def _correction(self, value: str) -> Correction:
        header, equals, wanted = value.rpartition("=")
        if not equals or not header.strip():
            raise UsageError(f"--map {quoted(value)} names no column", "write --map HEADER=THEME, or HEADER=ignore")
        meaning = self.meaning(wanted)
        if meaning is None and wanted.strip().casefold() not in _IGNORED:
            raise UsageError(f"--map: {quoted(wanted)} is no theme of {self._matrix.ref}; {self._guess(wanted)}")
        return Correction(header, meaning)

    def _guess(self, wanted: str) -> str:
        near = did_you_mean(wanted, [theme.name for theme in self._matrix.themes])
        return f"did you mean {quoted(near)}?" if near else guess_or_list(wanted, self._matrix.theme_ids)

    def _refuse_doubled(self, headers: Sequence[str], themes: Mapping[int, str], name: str) -> None:
        for theme in self._matrix.themes:
            columns = [at for at, one in themes.items() if one == theme.id]
            if len(columns) > 1:
                listed = " and ".join(f"{column_letter(at)} ({quoted(headers[at])})" for at in columns[:5])
                raise UsageError(
                    f'"{name}" has {len(columns)} columns for {quoted(theme.name)}: {listed}',
                    f"say which to leave out, as in: --map {column_letter(columns[-1])}=ignore",
                )


def plain(text: str) -> str:
    """Return what a header says, without its number, its capitals, its last sign and spaces that nobody sees."""
    word = _spaced(text)
    word = word[match.end() :] if (match := _NUMBERING.match(word)) and match.end() < len(word) else word
    return word.rstrip(_TRAILING) or word


def refuse_unused(corrections: Iterable[Correction], matchings: Iterable[Matching]) -> None:
    """Raise UsageError for a `--map` that fits no column of any sheet."""
    shown = tuple(matchings)
    used = {one for matching in shown for one in matching.used}
    for correction in corrections:
        if correction not in used:
            headers = {header for matching in shown for header in matching.headers if is_showable(header)}
            near = did_you_mean(correction.header, sorted(one for one in headers if len(one) <= _LONGEST))
            advice = f"did you mean {quoted(near)}?" if near else "name it by its header, or by its letter, as in C"
            raise _no_column(correction.header, advice)


def is_showable(header: str) -> bool:
    """Say whether a header may be shown: one that holds an address or no letters may be somebody's answer."""
    return "@" not in header and any(character.isalpha() for character in header)


def all_comment_headings(matrix: Matrix) -> tuple[str, ...]:
    """Return the heading of each theme's comment column, in the order of the matrix."""
    return tuple(comment_heading(theme.name) for theme in matrix.themes)


def _no_column(header: str, advice: str) -> PbpError:
    return UsageError(f"--map: no column is called {quoted(header)}; {advice}")


def _corrected(headers: Sequence[str], corrections: Sequence[Correction]) -> dict[int, Correction]:
    """Return the correction of each column that has one; UsageError if one has two."""
    found: dict[int, Correction] = {}
    for correction in corrections:
        for at in columns_called(correction.header, headers):
            if found.setdefault(at, correction).meaning != correction.meaning:
                raise UsageError(f"--map says two things of column {column_letter(at)}", "keep one of them")
            found[at] = correction
    return found


def columns_called(wanted: str, headers: Sequence[str]) -> list[int]:
    """Return the columns that an option means: by the same text, else by text that says the same, else by letter."""
    for same in (_spaced, plain):
        found = [at for at, header in enumerate(headers) if header.strip() and same(header) == same(wanted)]
        if found:
            return found
    return [at for at in range(len(headers)) if column_letter(at) == wanted.strip().upper()]


def _spaced(text: str) -> str:
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold().replace("&", " and ").split())


def _note(names: dict[str, list[str]], name: str, theme: str) -> None:
    if theme not in names.setdefault(name, []):
        names[name].append(theme)
