"""One browser for all tests of pages."""

from collections.abc import Iterator

import pytest
from chromium import chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    with chromium() as started:
        yield started
