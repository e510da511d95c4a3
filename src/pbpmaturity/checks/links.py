"""What is wrong with links: each leads to the web, or to a file of the workspace."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Finding
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.model.marked import links
from pbpmaturity.model.shape import Shape

_WEB = re.compile(r"https?://[^\s/?#@\\]+(?:[/?#][^\s]*)?", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def check_links(
    path: str, value: Shape, is_there: Callable[[str], bool], is_stored_otherwise: Callable[[str], bool]
) -> Iterator[Finding]:
    """Yield links that lead nowhere.

    `is_there` says whether a path is a file of the workspace, and `is_stored_otherwise` whether it is one but for how
    accents are stored.
    """
    for route, link in links(value):
        if _WEB.fullmatch(link):
            continue
        fault = _fault(link)
        if fault is None and not is_there(link) and is_stored_otherwise(link):
            fault = (
                "there is such a file, and the only difference is how the accents of its name are stored, as a Mac"
                " stores them apart; rename the file, with its accents typed anew, or copy its name into link"
            )
        elif fault is None and not is_there(link):
            fault = (
                "there is no such file in the workspace; correct the path (counted from the workspace's folder,"
                " as the file is called, without # or %20), or give a web address"
            )
        if fault is not None:
            yield Finding(rules.LINK, path, f"link {quoted(link)}: {fault}", route)


def _fault(link: str) -> str | None:
    """Return why a link that is no web address cannot be a file of the workspace; None if it can."""
    if link.lower().startswith(("http:", "https:")):
        return (
            "this is not a whole web address; write it as in https://example.org/paper.pdf, without a user's name,"
            " and %20 for a blank"
        )
    if link.lower().startswith("www."):
        return f"a web address begins with https://; write https://{link[:60]}"
    if _SCHEME.match(link):
        return (
            "only web addresses (https or http) and files of the workspace can be linked; give one, or leave link out"
        )
    if "\\" in link:
        return "a backslash is no part of a path here; write forward slashes, counted from the workspace's folder"
    if link.startswith("/") or ".." in PurePosixPath(link).parts:
        return "the file does not lie in the workspace; write its path counted from the workspace's folder"
    return None
