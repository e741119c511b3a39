"""Take a cell of people apart: names between commas or one per line, absent ones in parentheses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, dataclass

from bot.discussion import Signature
from bot.parse.layer import lay, uncontrolled, veiled
from bot.parse.shown import shown_text
from bot.parse.signature import Signers
from bot.parse.signup_entry import Entry
from bot.parse.signup_page import SignupPage
from bot.parse.signup_text import FieldReader, Fields, plain
from bot.parse.signup_who import UNDATED, Scene, Who
from bot.parse.text import fold
from bot.parse.vote_spans import struck

_TOKEN = re.compile(
    r"\[\[[^\[\]]{0,500}\]\]|(?P<bullet>(?:^|\n)[*#:;]{1,20})|(?P<stop>(?P<line><br\b[^<>]{0,100}>|\n)|[,،、，;；]|\s/\s)"
    r"|(?P<open>[(（])|(?P<close>[)）])",
    re.IGNORECASE,
)
_LABEL = re.compile(r"([^\[\]{}|:：]{1,80})[:：]")
_LONGEST_NAME = 60
_WORDS_OF_NAME = 5
_EDGES = " \t\n\u00a0-–—―·•|/,;:.،、，*#'\"“”„"


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Somebody in a cell; a mere name is no account. fields hold what stands in parentheses behind."""

    who: Who
    is_account: bool
    is_absent: bool
    fields: Fields


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    _: KW_ONLY
    in_parentheses: bool
    is_attached: bool  # the parenthesis stands right behind a name
    is_away: bool  # a label such as "absent:" stands before it


class PeopleCell:
    """One cell."""

    def __init__(self, page: SignupPage, reader: FieldReader, wikitext: str) -> None:
        self._page = page
        self._reader = reader
        layer = lay(veiled(uncontrolled(wikitext)), page.known)
        layers = page.context.layers or (page.context.words,)
        self._shown = layer.shown
        self._scene = Scene(
            layer=layer,
            signers=Signers(layer, page.known),
            known=page.known,
            names=page.names,
            struck=struck(layer, layers, [len(self._shown)], []),
            templates=list(layer.templates),
        )

    def signatures(self) -> list[Signature]:
        """Return who signed in the cell."""
        found = self._scene.signers.signatures(0, len(self._shown), [])
        return [each for each in found if isinstance(each, Signature)]

    def has_list(self) -> bool:
        """Tell whether items of a list stand in the cell."""
        return any(token["bullet"] for token in _TOKEN.finditer(self._shown))

    def has_accounts(self) -> bool:
        """Tell whether the cell names any user by a link or template."""
        return self._entry(0, len(self._shown)).mentions_somebody()

    def asks_for_name(self) -> bool:
        """Tell whether the cell holds words or an unsaved signature, and not merely a number or that nobody came."""
        text = shown_text(self._shown).strip(f"{_EDGES}()（）'")
        has_words = any(map(str.isalpha, text)) and fold(text) not in self._page.context.words.needs.nothing
        return "~~~" in self._shown or (has_words and not self._page.names.is_away(text))

    def people(self) -> list[Present]:
        """Return the people of the cell in order."""
        found: list[Present] = []
        attached = 0  # how many of the last ones a parenthesis speaks of
        for piece in self._pieces():
            if piece.is_away:
                found += self._present(piece, is_absent=True)
            elif not piece.in_parentheses:
                several = self._present(piece, is_absent=False)
                found += several
                attached = len(several)
            elif attached and (piece.is_attached or self._is_away(piece)):
                found[-attached:] = self._explained(piece, found[-attached:])
            else:
                found += self._present(piece, is_absent=True)
        away = {each.who.user for each in found if each.is_absent}
        return [each for each in found if each.is_absent or each.who.user not in away]

    def _is_away(self, piece: _Piece) -> bool:
        """Tell whether a piece is no name but a word such as "excused"."""
        return self._page.names.is_away(shown_text(self._shown[piece.start : piece.end]).strip(_EDGES))

    def _pieces(self) -> list[_Piece]:
        """Return what stands between commas, breaks and parentheses."""
        pieces: list[_Piece] = []
        depth = start = 0
        is_attached = is_away = False

        def end(at: int) -> None:
            nonlocal is_away
            begin, kind = self._label(start, at)
            is_away = kind == "absent" if kind else is_away
            if any(letter.isalnum() or letter == "\1" for letter in self._shown[begin:at]):
                piece = _Piece(begin, at, in_parentheses=depth > 0, is_attached=is_attached, is_away=is_away)
                pieces.append(piece)

        signed = [(each.start, each.end) for each in self.signatures()]
        for token in _TOKEN.finditer(self._shown):
            if token.lastgroup is None or any(first <= token.start() < last for first, last in signed):
                continue
            before = len(pieces)
            end(token.start())
            if token["open"]:
                is_attached = is_attached if depth else len(pieces) > before
                depth += 1
            elif token["close"]:
                depth = max(0, depth - 1)
            is_away = is_away and not (token["close"] or token["line"] or token["bullet"])
            start = token.end()
        end(len(self._shown))
        return pieces

    def _label(self, start: int, end: int) -> tuple[int, str]:
        """Return where a piece begins behind a label such as "absent:", and what the label says of people."""
        found = _LABEL.match(self._shown, start, end)
        kind = self._page.names.column(shown_text(found[1])) if found else ""
        return (found.end(), kind) if found and kind in ("absent", "people") else (start, "")

    def _entry(self, start: int, end: int) -> Entry:
        signed = [each for each in self.signatures() if start <= each.start and each.end <= end]
        return Entry(self._scene, start, end, signed)

    def _present(self, piece: _Piece, *, is_absent: bool) -> list[Present]:
        """Return the accounts of a piece, else the names in it."""
        entry = self._entry(piece.start, piece.end)
        people = entry.people()
        if people:
            fields = self._reader.read(self._page.clean(entry.text(people)))
            return [Present(who=who, is_account=True, is_absent=is_absent, fields=fields) for who in people]
        is_struck = bool(self._scene.struck.end(piece.start + 1)) and bool(
            self._scene.struck.end(piece.end - 1) or self._scene.struck.end(piece.start + 4)
        )
        return [
            Present(
                who=Who(user=name, how=UNDATED, start=piece.start, is_struck=is_struck),
                is_account=False,
                is_absent=is_absent,
                fields=Fields(),
            )
            for name in self._names(self._shown[piece.start : piece.end])
        ]

    def _names(self, shown: str) -> Iterator[str]:
        """Yield the names of a piece: short, without digits, parted by a word such as "and"."""
        text = self._page.clean(shown_text(shown)).strip(_EDGES)
        words = text.split()
        conjunctions = self._page.names.conjunctions
        name: list[str] = []
        for word in [*words, "&"]:
            if word in conjunctions and (name or word == "&"):
                whole = " ".join(name).strip(_EDGES)
                if self._is_name(whole):
                    yield whole
                name = []
            else:
                name.append(word)

    def _is_name(self, text: str) -> bool:
        if not text or len(text) > _LONGEST_NAME or any(letter.isdecimal() for letter in text):
            return False
        nothing = self._page.context.words.needs.nothing
        return (
            any(letter.isalpha() for letter in text)
            and fold(text) not in nothing
            and not self._page.names.is_away(text)
            and len(text.split()) <= _WORDS_OF_NAME
        )

    def _explained(self, piece: _Piece, people: Sequence[Present]) -> list[Present]:
        """Return people with what a parenthesis right behind them says: they stay away, or who else does, or more."""
        entry = self._entry(piece.start, piece.end)
        text = plain(self._page.clean(entry.text([]))).strip(_EDGES)
        users = {each.who.user for each in people}
        if entry.people():
            others = [each for each in self._present(piece, is_absent=True) if each.who.user not in users]
            return [*people, *others]
        if self._page.names.column(text) == "absent":
            return [_with(each, is_absent=True) for each in people]
        said = self._reader.read(text)
        if said.affiliation or said.role or said.based or said.mentions or not _is_capitalised(text):
            return [_with(each, fields=each.fields.with_more(said)) for each in people]
        return [*people, *self._present(piece, is_absent=True)]


def _with(present: Present, *, is_absent: bool = False, fields: Fields | None = None) -> Present:
    return Present(
        who=present.who,
        is_account=present.is_account,
        is_absent=is_absent or present.is_absent,
        fields=fields or present.fields,
    )


def _is_capitalised(text: str) -> bool:
    """Tell whether each word begins as names do."""
    return all(word[:1] != word[:1].lower() or word[:1] == word[:1].upper() for word in text.split())
