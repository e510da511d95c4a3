"""What files of later versions say that this one does not know: their formats, and the keys that are kept for them.

A key is kept here once the design of a later format has it, in the very place where that format has it. So a slip of
the keyboard stays one, and a file that a newer pbp wrote is not called faulty by an older one.
"""

import re
from collections.abc import Mapping

from pydantic import BaseModel

from pbpmaturity.model.assessment import Action, Assessment
from pbpmaturity.model.matrix import Criterion, Matrix, Stage, Theme
from pbpmaturity.model.readiness_test import Attestation, ReadinessTest, Requires
from pbpmaturity.model.settings import PlaceSettings, Settings
from pbpmaturity.model.shape import Shape

_FORMAT = re.compile(r"([1-9][0-9]{0,3})(?:\.([0-9]{1,4}))?")
_KEYS: Mapping[type[Shape], frozenset[str]] = {
    Assessment: frozenset({"asks", "name"}),
    Action: frozenset({"id", "kind", "organisation"}),
    Matrix: frozenset({"follows", "groups"}),
    Theme: frozenset({"formerly", "group", "merged-from", "split-from"}),
    Stage: frozenset({"formerly"}),
    Criterion: frozenset({"formerly"}),
    PlaceSettings: frozenset({"codes", "formerly", "from", "part-of", "succeeds", "until"}),
    Requires: frozenset({"done"}),
    Attestation: frozenset({"for"}),
}


def is_later_format(text: object) -> bool:
    """Say whether a format's number, such as `2` or `1.1`, is a later one than this version reads."""
    match = _FORMAT.fullmatch(text) if isinstance(text, str) else None
    return match is not None and (int(match[1]), int(match[2] or 0)) > (1, 0)


def is_later_key(shape: type[BaseModel] | None, key: str) -> bool:
    """Say whether a key that a shape does not know is one of a later format."""
    return any(kept is shape and key in keys for kept, keys in _KEYS.items())


def is_later_value(shape: type | None, key: str, value: object) -> bool:
    """Say whether a value that a shape refuses is one that a later format takes."""
    if (shape, key) == (Matrix, "overall"):
        return value == "none"
    if (shape, key) == (Settings, "system"):
        return isinstance(value, tuple) and all(isinstance(one, Mapping) and "name" in one for one in value)
    return (shape, key) == (ReadinessTest, "matrix") and isinstance(value, tuple)
