"""Fill the labels of a language: "$1" and {{PLURAL:$1|one|many}}, with everything escaped on the way."""

import re
from collections.abc import Callable, Mapping

from bot import i18n
from bot.model import Problem
from bot.render.numbers import number, plural_index
from bot.render.wikitext import Wikitext, escape, escape_words

_PLURAL = re.compile(r"\{\{PLURAL:\s?\$(\d)\s?\|([^{}]{0,2000})\}\}", re.IGNORECASE)
_PARAMETER = re.compile(r"\$(\d)")
Argument = int | float | str


class Labels:
    """The labels of one language; an on-wiki page may have replaced some of them."""

    def __init__(self, code: str, overrides: Mapping[str, str] | None = None) -> None:
        self.code = code
        self._messages = {**i18n.messages(code), **(overrides or {})}

    def __call__(self, key: str, *arguments: Argument) -> Wikitext:
        """Return a label as wikitext, its arguments escaped and its numbers in the language's digits."""
        return Wikitext(self._fill(key, arguments, self._shown, escape_words))

    def text(self, key: str, *arguments: Argument) -> str:
        """Return a label as plain text, for the terminal, JSON and edit summaries."""
        return self._fill(key, arguments, self._written, str)

    def problem(self, problem: Problem) -> str:
        """Return the sentence of a problem as plain text."""
        return self.text(f"problem-{problem.message.replace('/', '-')}", *problem.details)

    def _fill(
        self,
        key: str,
        arguments: tuple[Argument, ...],
        show: Callable[[Argument], str],
        literal: Callable[[str], str],
    ) -> str:
        message = _PLURAL.sub(lambda found: self._form(found, arguments), self._messages.get(key, f"⧼{key}⧽"))
        pieces: list[str] = []
        done = 0
        for found in _PARAMETER.finditer(message):
            pieces.append(literal(message[done : found.start()]))
            index = int(found[1]) - 1
            pieces.append(show(arguments[index]) if 0 <= index < len(arguments) else found.group())
            done = found.end()
        pieces.append(literal(message[done:]))
        return "".join(pieces)

    def _form(self, found: re.Match[str], arguments: tuple[Argument, ...]) -> str:
        index = int(found[1]) - 1
        count = arguments[index] if 0 <= index < len(arguments) else 0
        exact = {}
        forms = []
        for form in found[2].split("|"):
            wanted, sign, words = form.partition("=")
            if sign and wanted.strip().isdecimal():
                exact[int(wanted)] = words
            else:
                forms.append(form)
        if not isinstance(count, int):
            return forms[-1] if forms else ""
        if count in exact or not forms:
            return exact.get(count, "")
        return forms[plural_index(abs(count), len(forms), self.code)]

    def _shown(self, argument: Argument) -> str:
        return escape(argument if isinstance(argument, str) else self._written(argument))

    def _written(self, argument: Argument) -> str:
        return argument if isinstance(argument, str) else number(argument, self.code)
