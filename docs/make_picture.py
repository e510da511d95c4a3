"""Make the README's picture: the top of the report on Northam, the fictional Place, in Chromium."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent


def main() -> None:
    """Write docs/report.png from the report that `pbp report northam` makes of the example."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "northam.html"
        example = HERE.parent / "examples" / "riverside"
        command = [
            sys.executable,
            "-m",
            "pbpmaturity",
            "report",
            "northam",
            "--workspace",
            str(example),
            "-o",
            str(page),
        ]
        subprocess.run(command, check=True)
        with sync_playwright() as started:
            browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            view = browser.new_page(viewport={"width": 820, "height": 1445})
            view.goto(page.as_uri())
            view.screenshot(path=str(HERE / "report.png"))
            browser.close()


if __name__ == "__main__":
    main()
