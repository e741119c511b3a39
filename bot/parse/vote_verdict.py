"""Judge what a line says: whether it votes, for what, and by which rule; what only looks like a vote is unclear."""

from dataclasses import dataclass, replace

from bot.discussion import Signature
from bot.parse.runs import Run
from bot.parse.shown import shown_text
from bot.parse.vote_marks import Mark, Marks
from bot.parse.vote_page import Section, VotePage
from bot.parse.vote_words import OTHER
from bot.votes import CHOICES, UNCLEAR

_SIGNS = " -–—~•·.,;:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One run of a page as a line that may vote."""

    index: int
    run: Run
    markers: str
    section: Section
    marks: Marks
    own: tuple[Signature, ...]

    @property
    def is_item(self) -> bool:
        """Tell whether it is a list item rather than a paragraph."""
        return bool(self.markers) or self.run.level > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the words of a line say of it."""

    choice: str
    reason: str
    details: tuple[str, ...] = ()
    status: str = "counted"
    strength: str = ""
    at: int


class Judge:
    """Judges the lines of one page."""

    def __init__(self, page: VotePage) -> None:
        self._page = page

    def verdict(self, item: Item, *, is_nested: bool) -> Verdict | None:
        """Return what a line says as a vote, None where it is none."""
        marks, start = item.marks, item.run.start
        if marks.first and marks.first.kind != "plain":
            return self._by_mark(item, marks.first)
        if marks.struck:
            return Verdict(
                choice=_choice(marks.struck),
                strength=marks.struck.phrase.strength,
                status="struck",
                reason="struck",
                details=(marks.struck.text,),
                at=start,
            )
        if is_nested:
            return None
        if item.section.says.role and item.markers:
            return self._by_heading(item)
        return self._by_looks(item)

    def _by_mark(self, item: Item, mark: Mark) -> Verdict | None:
        """Judge a template or bold words at the start of a line."""
        phrase, section = mark.phrase, item.section
        if not phrase.role and not item.own:
            return None
        made = Verdict(
            choice=_choice(mark), strength=phrase.strength, reason=mark.kind, details=(mark.text,), at=mark.start
        )
        why = ""
        if phrase.role not in CHOICES:
            why = "other" if phrase.role == OTHER else "mentions"
        elif mark.kind == "bold" and (phrase.mixed or phrase.is_asked or phrase.is_short):
            why = "mixed" if phrase.mixed else "asked" if phrase.is_asked else "sentence"
        elif mark.kind == "bold" and not item.is_item:
            why = "paragraph"
        elif item.marks.against is not None:
            return replace(made, status="unclear", reason="against", details=(mark.text, item.marks.against.text))
        elif section.says.role and section.says.role != phrase.role:
            return replace(made, status="unclear", reason="other-heading", details=(mark.text, section.title))
        return replace(made, status="unclear", reason=why) if why else made

    def _by_heading(self, item: Item) -> Verdict | None:
        """Judge an item with no choice of its own below a vote heading."""
        says, title, run, marks = item.section.says, item.section.title, item.run, item.marks
        if not shown_text(self._page.layer.shown[run.start : run.end]):
            return None
        made = Verdict(
            choice=says.role if says.role in CHOICES else UNCLEAR,
            strength=says.strength,
            reason="heading",
            details=(title,),
            at=run.start,
        )
        if self._is_struck(item):
            return replace(made, status="struck", reason="struck-line")
        if says.role not in CHOICES:
            return replace(made, status="unclear", reason="other")
        contrary = marks.first if marks.first and marks.first.phrase.role != says.role else None
        against = contrary or (marks.against if marks.against and marks.against.phrase.role != says.role else None)
        if against or marks.ambiguous:
            said = against or marks.ambiguous
            details = (said.text if said else "", title)
            return replace(made, status="unclear", reason="other-heading", details=details)
        return made

    def _is_struck(self, item: Item) -> bool:
        """Tell whether a line is struck up to its first signature, or that signature is."""
        first = item.own[0].start if item.own else item.run.end
        if item.own and self._page.struck.end(first):
            return True
        shown = self._page.layer.shown
        left = shown_text(self._page.struck.without(shown, item.run.start, first)).strip(_SIGNS)
        return not left and bool(shown_text(shown[item.run.start : first]).strip(_SIGNS))

    def _by_looks(self, item: Item) -> Verdict | None:
        """Judge a line that only looks like a vote; it must be signed to be one at all."""
        if not item.own:
            return None
        marks, section = item.marks, item.section
        mark, reason = marks.first or marks.ambiguous, "plain" if marks.first else "ambiguous"
        if mark is None and item.is_item:
            mark, reason = self._page.marker.inside(item.run.start, item.run.end), "inside"
        if mark is not None:
            strength = mark.phrase.strength
            choice = UNCLEAR if reason == "ambiguous" else _choice(mark)
            return Verdict(
                choice=choice,
                strength=strength,
                status="unclear",
                reason=reason,
                details=(mark.text,),
                at=mark.start,
            )
        if section.says.role in CHOICES and not item.is_item:
            return Verdict(
                choice=section.says.role,
                status="unclear",
                reason="paragraph-below",
                details=(section.title,),
                at=item.run.start,
            )
        return None


def _choice(mark: Mark) -> str:
    return mark.phrase.role if mark.phrase.role in CHOICES else UNCLEAR
