"""What systems, sync clients and editors leave in folders."""

import re
from collections.abc import Iterator

_OF_SYSTEMS = frozenset({"desktop.ini", "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "icon\r", "__macosx"})
# How editors call the copy that they keep of notes.yaml: notes.yaml~, notes.yaml.~1~, notes.yaml.bak, #notes.yaml#.
_COPY = re.compile(
    r"#(?P<hashed>.+)#|(?P<name>.+?)(?:~|\.~[0-9]{1,4}~|\.(?:bak|backup|orig|old|save|sav|sw[a-p]|tmp)[0-9]{0,3}~?)",
    re.IGNORECASE | re.DOTALL,
)


def is_passed_over(name: str) -> bool:
    """Say whether a name is one that no folder is looked at for: of a system's file, or beginning with a dot.

    `~$` begins the names of the files by which Office says who has a document open.
    """
    return name.startswith((".", "~$")) or name.casefold() in _OF_SYSTEMS


def originals(name: str, ending: str) -> Iterator[str]:
    """Yield what the file may be called that a file of this name is an editor's copy of."""
    match = _COPY.fullmatch(name)
    if match:
        found = match["hashed"] or match["name"]
        yield found if found.endswith(ending) else f"{found}{ending}"
