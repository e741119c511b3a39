"""Suggest the themes of a comment by the keywords of its own language; a suggestion is never a count of needs."""

from collections.abc import Sequence

from bot.model import Theme
from bot.parse.names import Themes
from bot.parse.tongue import guess


class Suggestions:
    """The themes of the settings, looked up by the keywords of one language at a time."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        self._codes = list(dict.fromkeys(code for theme in themes for code in theme.keywords_by_language))
        self._every = Themes(themes)
        self._by_language = {code: Themes([_in_language(theme, code) for theme in themes]) for code in self._codes}

    def of(self, text: str) -> tuple[str, ...]:
        """Return the ids of the themes whose keywords stand in a comment, in the settings' order."""
        language = guess(text, self._codes)
        known = self._by_language[language] if language else self._every
        return tuple(known.by_keyword(text))


def _in_language(theme: Theme, code: str) -> Theme:
    return Theme(id=theme.id, titles=theme.titles, keywords=theme.keywords_by_language.get(code, ()))
