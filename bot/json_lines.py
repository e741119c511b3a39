"""Find the line of each key in a JSON text, which the standard parser does not keep."""

import re

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:\n]|[^\s"\[\]{},:]+', re.DOTALL)
Path = tuple[str | int, ...]


def key_lines(text: str) -> dict[Path, int]:
    """Return the line, from 1, of every key and list element of a valid JSON text, by its path."""
    reader = _Reader()
    for token in _TOKEN.findall(text):
        reader.take(token)
    return reader.lines


class _Reader:
    """Walk over the tokens of a valid JSON text and note where each value begins."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {(): 1}
        self._line = 1
        self._path: list[str | int] = []
        self._is_object: list[bool] = []
        self._expects_key = False

    def take(self, token: str) -> None:
        """Note one token."""
        if token == "\n":
            self._line += 1
        elif token in ("{", "["):
            self._open(token == "{")
        elif token in ("}", "]"):
            self._is_object.pop()
            self._path.pop()
            self._expects_key = False
        elif token == ",":
            self._next()
        elif self._expects_key and token != ":":
            self._key(token)
        elif token != ":":
            self._note()
            self._line += token.count("\n")

    def _open(self, is_object: bool) -> None:
        self._note()
        self._is_object.append(is_object)
        self._path.append("" if is_object else 0)
        self._expects_key = is_object

    def _next(self) -> None:
        if self._is_object[-1]:
            self._expects_key = True
        else:
            last = self._path[-1]
            self._path[-1] = last + 1 if isinstance(last, int) else 0

    def _key(self, token: str) -> None:
        self._path[-1] = token[1:-1]
        self._expects_key = False
        self._note()

    def _note(self) -> None:
        self.lines.setdefault(tuple(self._path), self._line)
