"""A paper's charts as files of their own."""

import os
from collections.abc import Mapping
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


def charts_beside(
    paper: Paper, filed: FiledAssessment, folder: Path, output: Path | None, templates: Mapping[str, str]
) -> Paper:
    """Write a paper's charts into a folder, and return the paper with where they are, seen from its own file."""
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
    count = "1 chart" if len(images) == 1 else f"{len(images)} charts"
    tell(f"wrote {one_line(folder.as_posix())}/: {count}")
    return replace(paper, images=tuple(images))
