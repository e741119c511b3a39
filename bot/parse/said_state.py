"""Read what a person wrote into a field of the register: a state in any language, a link to the answer, or both."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.languages import QuestionWords
from bot.parse.text import plain, template_names
from bot.parse.wikitext import mask
from bot.parse.wording import Phrases, tokens
from bot.questions import ANSWERED, OPEN, PARKED

_LINK = re.compile(r"\[\[\s{0,9}:?([^\[\]|{}<>\n]{1,400})(?:\|[^\[\]\n]{0,500})?\]\]")
_ADDRESS = re.compile(r"https?://[^\s\[\]<>\"|{}]{1,1500}")
_DOUBT = re.compile(r"^\W{0,9}(?:\w+\W{0,3}){1,3}[?？؟]")
_LONGEST = 300
_LONGEST_EXCUSE = 8  # words


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands in a field: the state that its first words are, where its first link leads, and the words."""

    state: str = ""
    target: str = ""
    text: str = ""


class States:
    """The words for states in every language."""

    def __init__(self, words: QuestionWords, nothing: Sequence[str], users: Sequence[str]) -> None:
        states = ((OPEN, words.open), (ANSWERED, words.answered), (PARKED, words.parked))
        self._phrases = {state: Phrases(said) for state, said in states}
        self._templates: Mapping[str, str] = {name: state for state, said in states for name in said}
        self._not_answers = Phrases(words.not_answers)
        self._no_links = Phrases(words.no_links)
        self._nothing = frozenset(nothing)
        self._users = tuple(f"{name.casefold()}:" for name in users)

    def read(self, field: str) -> Words:
        """Return what a field says; a line such as "–" or "?" says nothing."""
        visible = mask(field)
        text = plain(visible, struck=False)
        target = self._target(visible)
        state = self._state(text) or self._of_templates(visible)
        if not state and not target and (text.casefold() in self._nothing or not any(map(str.isalnum, text))):
            return Words(text=visible.strip("\0 ")[:_LONGEST] if "{{" in visible else "")
        return Words(state=state, target=target, text=text[:_LONGEST])

    def evades(self, text: str) -> bool:
        """Tell whether words in the place of an answer only say that there is none."""
        return self._not_answers.within(tokens(text))

    def lacks_link(self, text: str) -> bool:
        """Tell whether words in the place of a link say that there is none: "later", or "no link yet, ask in May".

        One word may be the first one of an answer, as in "No, never."; several begin what says no more than that.
        """
        said = tokens(text)
        length = self._no_links.at(said)
        return length > 0 and (length == len(said) or (length > 1 and len(said) <= _LONGEST_EXCUSE))

    def _state(self, text: str) -> str:
        """Return the state that the first words are; the longest one, so that "not answered" is open."""
        if _DOUBT.match(text):
            return ""
        said = tokens(text)
        lengths = {phrases.at(said): state for state, phrases in self._phrases.items()}
        best = max(lengths)
        return lengths[best] if best else ""

    def _of_templates(self, visible: str) -> str:
        names = template_names(visible)
        return next((self._templates[name] for name in names if name in self._templates), "")

    def _target(self, visible: str) -> str:
        """Return the title or address that the first link leads to which is nobody's signature."""
        for link in _LINK.finditer(visible):
            title = " ".join(link[1].replace("_", " ").split())
            if not title.casefold().startswith(self._users):
                return title
        address = _ADDRESS.search(visible)
        return address.group().rstrip(".,;:!?") if address else ""
