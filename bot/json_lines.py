"""Find the line of each key in a JSON text, which the standard parser does not keep."""

import json
import re
from dataclasses import dataclass

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:\n]|[^\s"\[\]{},:]+', re.DOTALL)
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubledKey:
    """A key that an object has twice, and the line of the second one."""

    key: str
    line: int


def key_lines(text: str) -> dict[Path, int]:
    """Return the line, from 1, of every key and list element of a valid JSON text, by its path."""
    return _read(text).lines


def doubled_key(text: str) -> DoubledKey | None:
    """Return the first key of a valid JSON text that stands twice in its object, None where none does."""
    return _read(text).doubled


def _read(text: str) -> "_Reader":
    reader = _Reader()
    for token in _TOKEN.findall(text):
        reader.take(token)
    return reader


class _Reader:
    """Walk over the tokens of a valid JSON text and note where each value begins."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {(): 1}
        self.doubled: DoubledKey | None = None
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
        key = str(json.loads(token))
        self._path[-1] = key
        self._expects_key = False
        if self.doubled is None and tuple(self._path) in self.lines:
            self.doubled = DoubledKey(key=key, line=self._line)
        self._note()

    def _note(self) -> None:
        self.lines.setdefault(tuple(self._path), self._line)
