"""A real browser for the tests of pages."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]  # fmt: skip

AXE = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
"""Options of axe: its usual rules, the one of WCAG 2.2 that it leaves out unless asked, and no list of what passes."""


@contextmanager
def chromium() -> Iterator[object]:
    """Start Chromium, or skip the test where it is not installed."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


def opened(browser: object, file: Path, **options: object) -> object:
    """Open a page in a context of its own, and collect what it asks of the network."""
    page = browser.new_page(**options)  # type: ignore[attr-defined]
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(file.as_uri())
    return page
