"""A gate between the bot and the wiki: it counts the requests that pass, and a test can meddle with any of them."""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

_NOT_PASSED_ON = {"connection", "keep-alive", "transfer-encoding", "content-length", "host", "accept-encoding"}
_ALWAYS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request of the bot: its parameters, whether they came in the address or in the body."""

    method: str
    parameters: dict[str, str]

    @property
    def action(self) -> str:
        return self.parameters.get("action", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


Forward = Callable[[], Answer]


@dataclass(slots=True)
class Trick:
    """What to do with the next requests of one action ("" is any): return an answer, or None to hang up."""

    action: str
    act: Callable[[Forward], Answer | None]
    times: int


class Gate:
    """Passes requests on to the wiki on a port; start it with `open_gate`."""

    def __init__(self, wiki_port: int) -> None:
        self.asked: list[Asked] = []
        self._tricks: list[Trick] = []
        self._lock = threading.Lock()
        self._wiki_port = wiki_port
        self.port = 0

    @property
    def edited(self) -> list[str]:
        """The page of each edit that was sent, in order, whatever became of it."""
        return [each.parameters["title"] for each in self.asked if each.action == "edit"]

    @property
    def actions(self) -> list[str]:
        return [each.action for each in self.asked]

    def clear(self) -> None:
        with self._lock:
            self.asked, self._tricks = [], []

    def before(self, action: str, happens: Callable[[], object], times: int = 1) -> None:
        """Let something happen on the wiki after the bot sent a request and before the wiki sees it."""

        def act(forward: Forward) -> Answer:
            happens()
            return forward()

        self._tricks.append(Trick(action, act, times))

    def lose_answer(self, action: str, times: int = 1) -> None:
        """Let the wiki do what it is asked, and hang up before the bot hears of it."""

        def act(forward: Forward) -> None:
            forward()

        self._tricks.append(Trick(action, act, times))

    def change_answer(self, action: str, old: bytes, new: bytes) -> None:
        """Change every answer of the wiki on its way."""

        def act(forward: Forward) -> Answer:
            answer = forward()
            return Answer(status=answer.status, headers=answer.headers, body=answer.body.replace(old, new))

        self._tricks.append(Trick(action, act, _ALWAYS))

    def answer(self, action: str, answer: Answer, times: int = _ALWAYS) -> None:
        """Answer in place of the wiki."""
        self._tricks.append(Trick(action, lambda _: answer, times))

    def take(self, asked: Asked, forward: Forward) -> Answer | None:
        """Note a request, and answer it; None stands for hanging up."""
        with self._lock:
            self.asked.append(asked)
            trick = next((each for each in self._tricks if each.times and each.action in ("", asked.action)), None)
            if trick is not None:
                trick.times -= 1
        return forward() if trick is None else trick.act(forward)

    def forward(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """Ask the wiki."""
        connection = http.client.HTTPConnection("127.0.0.1", self._wiki_port, timeout=60)
        try:
            passed = {name: text for name, text in headers.items() if name.lower() not in _NOT_PASSED_ON}
            connection.request(method, path, body, passed)
            response = connection.getresponse()
            kept = tuple(each for each in response.getheaders() if each[0].lower() not in _NOT_PASSED_ON)
            return Answer(status=response.status, headers=kept, body=response.read())
        finally:
            connection.close()


def _handler(gate: Gate) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._pass_on()

        def do_POST(self) -> None:
            self._pass_on()

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            said = f"{urlsplit(self.path).query}&{body.decode('utf-8', 'replace')}"
            asked = Asked(method=self.command, parameters=dict(parse_qsl(said, keep_blank_values=True)))
            headers = dict(self.headers.items())
            self._reply(gate.take(asked, lambda: gate.forward(self.command, self.path, headers, body)))

        def _reply(self, answer: Answer | None) -> None:
            if answer is None:
                self.close_connection = True
                return
            self.send_response_only(answer.status)
            for name, text in answer.headers:
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    return Handler


@contextmanager
def open_gate(wiki_port: int) -> Iterator[Gate]:
    """Open a gate before a wiki, on a port that is free."""
    gate = Gate(wiki_port)
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(gate)) as server:
        server.daemon_threads = True
        gate.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield gate
        server.shutdown()
