"""A small HTTP server that answers as a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import json
import socket
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Dict, List, Mapping, Optional


@dataclass
class Answer:
    """``is_cut``: the connection is dropped after the content; ``is_silent``: without any answer."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    is_cut: bool = False
    is_silent: bool = False


@dataclass
class Asked:
    method: str
    path: str
    headers: Dict[str, str]
    content: bytes


class FakeServer:
    """Gives the answers it was told in turn, and the last one again and again."""

    def __init__(self) -> None:
        self.asked: List[Asked] = []
        self._answers: List[Answer] = [Answer()]
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                content = self.rfile.read(int(self.headers.get("content-length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                # This port may have been another test's, whose program still tries to reach it.
                if not headers.get("user-agent", "").startswith("baton-python/"):
                    return self._drop()
                answer = fake._take(Asked(self.command, self.path, headers, content))
                if answer.is_silent:
                    self._drop()
                else:
                    self._write(answer)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer

            def _write(self, answer: Answer) -> None:
                body = answer.body
                content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
                self.send_response(answer.status)
                headers = {"content-type": "application/json", **answer.headers}
                length = len(content) + (1_000 if answer.is_cut else 0)
                for name, value in {**headers, "content-length": str(length)}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)
                if answer.is_cut:
                    self._drop()

            def _drop(self) -> None:
                self.wfile.flush()
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)

            def log_message(self, *_: Any) -> None:
                return None

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def answer_with(self, *answers: Answer) -> None:
        self.asked.clear()
        self._answers = list(answers)

    def _take(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def events(*ids: int, retry: Optional[int] = None) -> bytes:
    """Events with these numbers, as a stream holds them."""
    start = "" if retry is None else f"retry: {retry}\n\n"
    return (start + "".join(f'id: {n}\nevent: step\ndata: {{"n": {n}}}\n\n' for n in ids)).encode()
