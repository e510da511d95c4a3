"""Maturity self-assessments of health and care Places, as plain files.

For Python programs: `load` reads a workspace, and `show`, `movement`, `history`, `compare`, `readiness` and `tables`
tell what its assessments say. docs/analysis.md has examples.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pbpmaturity.api import (
        Comparison,
        Day,
        FiledAssessment,
        History,
        Movement,
        PbpError,
        Readiness,
        Shown,
        Table,
        UnusableInput,
        UsageError,
        Workspace,
        compare,
        headline,
        history,
        load,
        movement,
        readiness,
        show,
        tables,
    )

__all__ = [
    "Comparison",
    "Day",
    "FiledAssessment",
    "History",
    "Movement",
    "PbpError",
    "Readiness",
    "Shown",
    "Table",
    "UnusableInput",
    "UsageError",
    "Workspace",
    "compare",
    "headline",
    "history",
    "load",
    "movement",
    "readiness",
    "show",
    "tables",
]


def __getattr__(name: str) -> object:
    """Import the interface when a name of it is first asked for, so that the command starts without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from pbpmaturity import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
