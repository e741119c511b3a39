"""A server of pads on this machine, and a session that finds it where https://pads.example should be."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests
from requests.adapters import HTTPAdapter

HOST = "https://pads.example"
PAD = f"{HOST}/p/hubs"
EXPORT = f"{PAD}/export/txt"
TEXT = "text/plain; charset=utf-8"

Answer = Callable[[BaseHTTPRequestHandler], None]


def answer(body: bytes, status: int = 200, kind: str = TEXT, **headers: str) -> Answer:
    """Return an answer of the server."""

    def send(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return send


def dripping(request: BaseHTTPRequestHandler) -> None:
    """Answer so slowly that nobody should wait."""
    request.send_response(200)
    request.send_header("Content-Type", TEXT)
    request.end_headers()
    for _ in range(200):
        request.wfile.write(b"a")
        request.wfile.flush()
        time.sleep(0.05)


def endless(request: BaseHTTPRequestHandler) -> None:
    """Answer without an end, and without saying how much it will be."""
    request.send_response(200)
    request.send_header("Content-Type", TEXT)
    request.end_headers()
    for _ in range(10_000):
        request.wfile.write(b"* a line of notes that goes on and on\n" * 1_000)


class _Here(HTTPAdapter):
    """Sends what is meant for the pads to this machine."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        asked = request.url or ""
        request.url = asked.replace(HOST, f"http://127.0.0.1:{self._port}", 1)
        answered = super().send(request, *args, **kwargs)
        answered.url = asked
        return answered


class Pads:
    """The pads by their paths, and the paths that were asked for."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.session = requests.Session()
        self.session.trust_env = False

    def put(self, text: str | bytes, path: str = "/p/hubs/export/txt") -> None:
        """Write a pad."""
        self.answers[path] = answer(text if isinstance(text, bytes) else text.encode())


@contextmanager
def running_pads() -> Iterator[Pads]:
    """Serve pads, and nothing else, until the end."""
    pads = Pads()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pads.asked.append(self.path)
            with suppress(BrokenPipeError, ConnectionResetError):
                pads.answers.get(self.path, answer(b"no such pad", 404))(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pads.session.mount(HOST, _Here(server.server_address[1]))
    try:
        yield pads
    finally:
        server.shutdown()
        server.server_close()
