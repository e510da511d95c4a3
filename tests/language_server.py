"""A YAML language server, as an editor talks to it: JSON-RPC over its standard input and output."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from building import ROOT

SERVER = ROOT / "tests" / "node" / "node_modules" / ".bin" / "yaml-language-server"


class LanguageServer:
    """Opens texts, and asks what an editor asks."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self.root = Path()
        self._open: set[Path] = set()
        self._number = 0
        self._told: list[dict[str, Any]] = []

    def start(self, root: Path) -> None:
        can = {
            "textDocument": {
                "hover": {"contentFormat": ["markdown"]},
                "completion": {"completionItem": {"documentationFormat": ["markdown"], "snippetSupport": True}},
                "publishDiagnostics": {},
            },
            "workspace": {"configuration": True},
        }
        self.ask("initialize", processId=None, rootUri=root.as_uri(), capabilities=can, workspaceFolders=None)
        self._send(method="initialized", params={})

    def open(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Open a text as the file of that name, and return what is found wrong with it."""
        assert path not in self._open, "a server tells of a document when it is opened first"
        self._open.add(path)
        self._told.clear()
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self._send(method="textDocument/didOpen", params={"textDocument": document})
        while True:
            for told in self._told:
                if told["method"] == "textDocument/publishDiagnostics" and told["params"]["uri"] == path.as_uri():
                    found: list[dict[str, Any]] = told["params"]["diagnostics"]
                    return found
            self._listen()

    def hover(self, path: Path, line: int, column: int) -> str:
        """Return what is shown when the pointer rests on a place; line and column count from 1."""
        found = self.ask("textDocument/hover", **_at(path, line, column))
        return str(found["contents"]["value"]) if found else ""

    def completion(self, path: Path, line: int, column: int) -> dict[str, str]:
        """Return what is offered at a place, and what is said of each."""
        found = self.ask("textDocument/completion", **_at(path, line, column))
        items = found["items"] if isinstance(found, dict) else found or []
        return {item["label"]: _words(item.get("documentation", "")) for item in items}

    def ask(self, method: str, **params: Any) -> Any:
        self._number += 1
        self._send(id=self._number, method=method, params=params)
        while True:
            answer = self._listen()
            if answer is not None and answer["id"] == self._number:
                assert "error" not in answer, answer["error"]
                return answer["result"]

    def _listen(self) -> dict[str, Any] | None:
        """Read one message: an answer is returned, a notice kept, and a question of the server's answered."""
        message = self._receive()
        if "method" not in message:
            return message
        if "id" in message:
            items = message.get("params", {}).get("items", [])
            settings = [
                {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
                if item.get("section") == "yaml"
                else None
                for item in items
            ]
            self._send(id=message["id"], result=settings if items else None)
        else:
            self._told.append(message)
        return None

    def _send(self, **message: Any) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while (line := stream.readline().strip()) or not length:
            assert line or self._process.poll() is None, "the language server has ended"
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        message: dict[str, Any] = json.loads(stream.read(length))
        return message


@contextmanager
def language_server(root: Path) -> Iterator[LanguageServer]:
    """Start a server for a workspace, and end it."""
    command = ["node", str(SERVER), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            server = LanguageServer(process)
            server.root = root
            server.start(root)
            yield server
        finally:
            process.kill()


def _at(path: Path, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line - 1, "character": column - 1}}


def _words(documentation: Any) -> str:
    return str(documentation["value"]) if isinstance(documentation, dict) else str(documentation)
