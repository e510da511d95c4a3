"""Commands that pbp tells people to type: whole, so that they can be copied as they stand."""

from collections.abc import Iterator
from contextlib import contextmanager

from pbpmaturity.cli.output import named_workspace, tell
from pbpmaturity.diagnostics.suggest import command_line
from pbpmaturity.workspace.drafting import NotSaved

PATIENCE = 20.0
"""For how many seconds a run that asks nothing waits for others that write at the same Place."""


def command(*words: str) -> str:
    """Return a command of pbp as the shell takes it, for the workspace that this run was told of."""
    workspace = named_workspace.get()
    elsewhere = ("--workspace", workspace.as_posix()) if workspace else ()
    return command_line("pbp", *words, *elsewhere)


def say_that_others_write() -> None:
    """Say why nothing seems to happen."""
    tell("Somebody else is changing files of this Place; waiting for them ...")


@contextmanager
def kept_if_not_saved() -> Iterator[None]:
    """Say of answers that could not be saved where they are, and the command that goes on with them."""
    try:
        yield
    except NotSaved as error:
        if error.kept is None:
            tell(error.data.decode())
            error.hint = "the answers stand above; copy them"
            raise
        first = f"; {error.before_that}, then" if error.before_that else "; when that is mended,"
        error.hint = f'all answers are kept in "{error.kept.as_posix()}"{first} go on with: {command(*error.go_on)}'
        raise
