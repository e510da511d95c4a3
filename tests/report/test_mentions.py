"""Places that are named in the words of a page."""

import pytest

from pbpmaturity.report.mentions import mentions_in


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>with Westmere, and</p>", ("Westmere",)),
        ("<p>WESTMERE</p>", ("Westmere",)),
        ("<p>Westmeres and Eastwestmere</p>", ()),
        ("<p>West\nVale &amp; Hill</p>", ("West Vale & Hill",)),
        ("<style>.westmere{}</style><p id=\"westmere\" class='westmere'></p>", ()),
        ('<a href="https://x.example/westmere/minutes">m</a>', ("Westmere",)),
        ('<a href="../places/northam.html">Northam</a>', ()),
        ("<p>Westmere North</p>", ()),
        ("<p>Westmere North and Westmere</p>", ("Westmere",)),
    ],
)
def test_names_are_found_in_words_and_in_the_addresses_of_web_links(page: str, found: tuple[str, ...]) -> None:
    assert mentions_in(page, ["Westmere", "West Vale & Hill"], ["Northam", "Westmere North"]) == found
