"""What is wrong with links: each leads to the web, or to a file of the workspace."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Finding
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.model.marked import links
from pbpmaturity.model.shape import Shape

_WEB = re.compile(r"https?://[^\s/?#@\\]+(?:[/?#][^\s]*)?", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def local_links(value: Shape) -> frozenset[str]:
    """Return the links that can only be files of the workspace, as they are written."""
    return frozenset(link for _, link in links(value) if not _SCHEME.match(link) and _fault(link) is None)


def check_links(path: str, value: Shape, absent: frozenset[str]) -> Iterator[Finding]:
    """Yield links that lead nowhere; `absent` are those of local_links of which there is no file."""
    for route, link in links(value):
        fault = _fault(link)
        if fault is None and link in absent:
            fault = (
                "there is no such file in the workspace; correct the path, counted from the workspace's folder,"
                " or give a web address"
            )
        if fault is not None:
            yield Finding(rules.LINK, path, f"link {quoted(link)}: {fault}", route)


def _fault(link: str) -> str | None:
    if _WEB.fullmatch(link):
        return None
    if link.lower().startswith(("http:", "https:")):
        return "this is not a whole web address; write it as in https://example.org/paper.pdf"
    if link.lower().startswith("www."):
        return f"a web address begins with https://; write https://{link[:60]}"
    if _SCHEME.match(link):
        return "only web addresses (https or http) and files of the workspace can be linked"
    if "\\" in link:
        return "write the path with forward slashes, counted from the workspace's folder"
    if link.startswith("/") or ".." in PurePosixPath(link).parts:
        return "the file does not lie in the workspace; write its path counted from the workspace's folder"
    return None
