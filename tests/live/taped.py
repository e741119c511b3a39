"""Run the bot with a tape of its requests: python -m tests.live.taped record|replay CASSETTE ARGUMENT…

What is secret never gets onto a tape, and neither does what differs from one wiki to the next without meaning
anything: the host, and all headers but the type of the content.
"""

import re
import socket
import sys
from typing import Any, NoReturn
from urllib.parse import parse_qsl, urlencode, urlsplit

import vcr  # type: ignore[import-untyped]

from bot.cli import main as dialoguebot

HOST = "wiki.example"
NOT_ALL_PLAYED = 99
_SECRET = {"lgpassword", "lgtoken", "password", "logintoken", "token"}
_KEPT_HEADERS = {"content-type", "retry-after"}
_TOKEN = re.compile(r"[0-9a-f]{32,64}(?=\+\\)")
_ADDRESS = re.compile(r"127\.0\.0\.1:\d{2,5}")


def scrub_request(request: Any) -> Any:
    """Return a request without its secrets and its wiki's address."""
    request.uri = f"http://{HOST}{urlsplit(request.uri).path}"
    body = (request.body or b"").decode()
    kept = [(name, text) for name, text in parse_qsl(body, keep_blank_values=True) if name not in _SECRET]
    request.body = urlencode(sorted(kept)).encode()
    request.headers = {}
    return request


def scrub_response(response: dict[str, Any]) -> dict[str, Any]:
    """Return an answer without cookies and tokens."""
    headers = response["headers"]
    response["headers"] = {name: headers[name] for name in headers if name.lower() in _KEPT_HEADERS}
    text = response["body"]["string"].decode()
    text = _ADDRESS.sub(HOST, _TOKEN.sub("scrubbed", text))
    response["body"]["string"] = text.encode()
    return response


def recorder(mode: str) -> Any:
    """Return vcrpy, set to record or to replay."""
    return vcr.VCR(
        record_mode="all" if mode == "record" else "none",
        serializer="json",
        match_on=("method", "path", "body"),
        before_record_request=scrub_request,
        before_record_response=scrub_response,
        decode_compressed_response=True,
    )


def main(mode: str, path: str, *arguments: str) -> int:
    """Run one command of the bot under a tape; an answer that was not asked for is a failure too."""
    if mode == "replay":
        socket.socket.connect = _no_network  # type: ignore[method-assign]
    with recorder(mode).use_cassette(path) as cassette:
        code = dialoguebot(arguments)
    if mode == "replay" and not cassette.all_played:
        print(f"{cassette.play_count} of {len(cassette)} requests were made", file=sys.stderr)
        return NOT_ALL_PLAYED
    return code


def _no_network(*_: object) -> NoReturn:
    raise AssertionError("a replayed run asked the network")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
