"""The door: answers --version at once and hands everything else to the command line."""

import signal
import sys

from pbpmaturity import __version__


def main() -> None:
    """Run the command line and leave with its exit code."""
    if sys.argv[1:] == ["--version"]:
        # Typer takes five times as long to import as Python to start; CI asks for the version often.
        sys.stdout.write(f"pbp {__version__}\n")
        return
    try:
        from pbpmaturity.cli.app import run

        code = run(sys.argv[1:], version=__version__)
    except KeyboardInterrupt:  # while the libraries were being imported
        code = 130
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # all is done and said; Python on its way out would show a traceback
    sys.exit(code)


if __name__ == "__main__":
    main()
