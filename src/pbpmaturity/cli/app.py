"""The verbs, and the boundary between what goes wrong and what a person is told."""

import keyword
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from types import FrameType
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from pbpmaturity.cli.output import emit, explain, prepare_streams, tell
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import PbpError
from pbpmaturity.workspace.interruption import handled_by
from pbpmaturity.workspace.scratch import clean_up

VERBS = (
    "init", "matrix", "form", "import", "views", "assess", "validate", "rules", "schema", "show", "diff", "history",
    "compare", "actions", "readiness", "delegation", "report", "templates", "export",
)  # fmt: skip
"""The verbs, in the order of --help; each is a module of this package with a function of its name."""

_INTERRUPTED = 130


def run(arguments: Sequence[str], *, version: str) -> int:
    """Run the command line and return its exit code; every error becomes a sentence on stderr."""
    prepare_streams()
    # What else is installed beside pbp must not change how files are read, nor slow each start by looking for it.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    with handled_by(_stop):
        try:
            return _told(arguments, version)
        finally:
            for said in clean_up():
                tell(one_line(said))


def _told(arguments: Sequence[str], version: str) -> int:
    """Run the command line and return its exit code; what went wrong is told."""
    try:
        return _outcome(arguments, version)
    except PbpError as error:
        tell(explain(error))
        return 2
    except KeyboardInterrupt:
        tell("Interrupted.")
        return _INTERRUPTED
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        tell(f"pbp: {one_line(f'the disk or the system refused: {error.strerror or error}{where}')}")
        return 2
    except Exception as error:
        tell(_bug(error, version))
        return 3


class _Stopped(KeyboardInterrupt):
    """A request to end; when Python sees the plain one come out of code it made itself, it ends with its own code."""


def _stop(number: int, frame: FrameType | None) -> None:
    """Let a request to end the process, or a closed terminal, end it like Ctrl-C: what is half done is taken back."""
    raise _Stopped


def _outcome(arguments: Sequence[str], version: str) -> int:
    try:
        _app(version, arguments)(_with_bare_amend(arguments), prog_name="pbp")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    return 0


def _with_bare_amend(arguments: Sequence[str]) -> list[str]:
    """Return arguments in which `--amend` without its reason has an empty one, so that the reason is asked for."""
    pairs = zip(arguments, [*arguments[1:], "--"], strict=True)
    return [f"{one}=" if one == "--amend" and after.startswith("-") else one for one, after in pairs]


def _app(version: str, arguments: Sequence[str]) -> typer.Typer:
    app = typer.Typer(
        cls=_Verbs,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    def print_version(wanted: bool) -> None:
        if wanted:
            emit(f"pbp {version}\n")
            raise typer.Exit

    @app.callback()
    def pbp(
        ctx: typer.Context,
        _: Annotated[
            bool,
            typer.Option("--version", is_eager=True, callback=print_version, help="Print the version and stop."),
        ] = False,
    ) -> None:
        """Maturity self-assessments of health and care Places, as plain files.

        \b
        A first hour:
          pbp init riverside --example    a fictional system to try
          cd riverside
          pbp validate                    check its files
          pbp show northam                one Place's latest assessment
          pbp diff northam                what changed since the one before
          pbp report northam -o r.html    a report for the board

        Exit codes, the same for every verb: 0 fine; 1 findings, a claim not borne out, or a readiness test not met; 2
        wrong usage, or input missing or unusable; 3 a bug; 130 interrupted, by Ctrl-C, the signals TERM and HUP, or a
        closed terminal: files are as before or as after, and nothing is half written.
        """
        ctx.obj = version

    # Only the verb that is asked for is imported, which is most of what a short run takes; for --help, all are.
    asked = [verb for verb in VERBS if [verb] == list(arguments[:1])]
    for verb in asked or VERBS:
        app.command(verb)(_function_of(verb))
    return app


class _Verbs(TyperGroup):
    def invoke(self, ctx: Any) -> Any:
        """Run the verb; where an option's value is wrong, leave out what typer calls that among programmers."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix("Value error, ")
            raise


def _function_of(verb: str) -> Callable[..., None]:
    name = f"{verb}_" if keyword.iskeyword(verb) else verb
    function: Callable[..., None] = getattr(import_module(f"pbpmaturity.cli.{name}"), name)
    return function


def _bug(error: Exception, version: str) -> str:
    """Write what went wrong to a file, and return a message that names it."""
    import tempfile
    import traceback

    trace = "".join(traceback.format_exception(error))
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", errors="backslashreplace", prefix="pbp-", suffix=".log", delete=False
        ) as log:
            log.write(f"pbp {version} on Python {sys.version}\n{trace}")
        where = f"what happened is in {log.name}"
    except OSError:
        where = f"what happened could not be written to a file ({type(error).__name__})"
    return f"pbp: this is a bug in pbp, not in your files; {where}\n  please report it and send that file along"
