"""A paper's charts as files of their own."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pbpmaturity.cli.document import is_for_screen
from pbpmaturity.cli.output import tell
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.report.paper import Image, Paper


def refuse_sources_folder(folder: Path | None, root: Path | None) -> None:
    """Refuse to write charts where files lie that reports are made from."""
    from pbpmaturity.workspace.save import refuse_source

    if folder is None:
        return
    refuse_source(folder, root, hint="choose another folder")


@contextmanager
def charts_beside(
    paper: Paper, filed: FiledAssessment, folder: Path | None, output: Path | None, templates: Mapping[str, str]
) -> Iterator[Paper]:
    """Yield a paper with where its charts will be, seen from its own file; they are there once nothing went wrong.

    Without a folder for them it is the paper as it was.
    """
    if folder is None:
        yield paper
        return
    from pbpmaturity.report.documents import charts_alone
    from pbpmaturity.workspace.outgoing import written_folder

    start = Path() if output is None or is_for_screen(output) else output.parent
    name = f"{filed.assessment.place}-{filed.assessment.date}"
    images: list[Image] = []
    with written_folder(folder, what="charts", hint="choose another place") as open_file:
        for chart in charts_alone(paper, templates):
            file = f"{name}-{chart.name}.svg"
            with open_file(file) as stream:
                stream.write(chart.svg.encode("utf-8", "backslashreplace"))
            where = Path(os.path.relpath(folder / file, start)).as_posix()
            images.append(Image(chart.kind, chart.title, where))
        yield replace(paper, images=tuple(images))
    count = "1 chart" if len(images) == 1 else f"{len(images)} charts"
    tell(f"wrote {one_line(folder.as_posix())}/: {count}")
