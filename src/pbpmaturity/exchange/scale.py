"""Which number means which stage, said by whoever made the survey: never guessed."""

import re
from dataclasses import dataclass
from typing import Self

from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import UsageError
from pbpmaturity.model.matrix import Matrix

_WRITTEN = re.compile(r"\s*([0-9]{1,3})\s*[-\N{EN DASH}]\s*([0-9]{1,3})\s*")
_NUMBER = re.compile(r"([0-9]{1,3})(?:[.,]0+)?")


@dataclass(frozen=True, slots=True)
class Scale:
    """The stage of each number, by the stage's id."""

    stages: dict[int, str]

    @classmethod
    def parse(cls, text: str, matrix: Matrix) -> Self:
        """Return what `--scale FIRST-LAST` means; UsageError if it has not one number for each stage."""
        written, ids = _WRITTEN.fullmatch(text), matrix.stage_ids
        if not written:
            raise UsageError(f"--scale {quoted(text)} is no scale", f"write {choices(matrix)}")
        first, last = int(written[1]), int(written[2])
        count = abs(last - first) + 1
        if count != len(ids):
            raise UsageError(
                f"--scale {first}-{last} has {count} numbers, and {matrix.ref} has {len(ids)} stages",
                f"write {choices(matrix)}; numbers that mean no stage must be blank in the sheet",
            )
        step = 1 if last > first else -1
        return cls({first + step * at: stage for at, stage in enumerate(ids)})

    def in_words(self, matrix: Matrix) -> str:
        """Return what each number means: `1 is Emerging, 2 is Developing`."""
        return ", ".join(f"{number} is {one_line(matrix.name_of(stage))}" for number, stage in self.stages.items())


def choices(matrix: Matrix) -> str:
    """Return the scales that are common, each with what it means, written out to copy."""
    lowest, highest = one_line(matrix.stages[0].name), one_line(matrix.stages[-1].name)
    count = len(matrix.stages)
    return (
        f"--scale 1-{count} if 1 is {lowest} and {count} is {highest}, --scale 0-{count - 1} if 0 is {lowest},"
        f" or --scale {count}-1 if {count} is {lowest}"
    )


def number_in(word: str) -> int | None:
    """Return the whole number that a cell holds, also as 2.0; None if it holds something else."""
    number = _NUMBER.fullmatch(word)
    return int(number[1]) if number else None
