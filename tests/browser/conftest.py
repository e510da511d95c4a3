"""One browser for all tests of pages."""

from collections.abc import Iterator
from typing import Any

import pytest
from chromium import chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    with chromium() as started:
        yield started


@pytest.fixture(autouse=True)
def _close_what_a_test_opened(browser: Any) -> Iterator[None]:
    """Close each test's pages at its end: hundreds that stay open take memory, and half a minute at the end."""
    yield
    for context in browser.contexts:
        context.close()
