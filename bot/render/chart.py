"""Stacked bars as values: what is drawn, how wide, and in colours and patterns that everybody can tell apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.render.wikitext import Wikitext

AGREE, DISAGREE, UNSURE, OPTION = "agree", "disagree", "unsure", "option"
_DARK, _LIGHT = "#202122", "#ffffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """How one answer looks: colours told apart in every kind of colour vision, and a pattern for those without any.

    stripe is the colour of stripes at an angle in degrees, so many pixels apart; nothing for a plain colour.
    """

    background: str
    text: str
    stripe: str = ""
    angle: int = 0
    gap: int = 0

    @property
    def style(self) -> Wikitext:
        """Return the tone as CSS for an attribute on a wiki page."""
        pattern = (
            f" background-image: repeating-linear-gradient({self.angle}deg, {self.stripe} 0, {self.stripe} 1px, "
            f"transparent 1px, transparent {self.gap}px);"
            if self.stripe
            else ""
        )
        return Wikitext(f"background-color: {self.background}; color: {self.text};{pattern}")

    @property
    def plain(self) -> Wikitext:
        """Return the colour alone, as CSS."""
        return Wikitext(self.background)


_AGREEING = (Tone(background="#08427d", text=_LIGHT), Tone(background="#9cc9ef", text=_DARK))
_DISAGREEING = (
    Tone(background="#a83f00", text=_LIGHT, stripe="#d98250", angle=45, gap=9),
    Tone(background="#fdc38d", text=_DARK, stripe="#e79a54", angle=45, gap=6),
)
_UNSURE = Tone(background="#eaecf0", text=_DARK, stripe="#c4c8cf", angle=90, gap=5)
_MIDDLE = Tone(background="#f6f1d5", text=_DARK, stripe="#d9d0a0", angle=0, gap=5)
_OPTIONS = (
    Tone(background="#08427d", text=_LIGHT),
    Tone(background="#f3b94d", text=_DARK, stripe="#d99a23", angle=45, gap=7),
    Tone(background="#8fd3c3", text=_DARK),
    Tone(background="#a83f00", text=_LIGHT, stripe="#d98250", angle=135, gap=9),
    Tone(background="#d9b8e6", text=_DARK, stripe="#bd8fd1", angle=0, gap=6),
    Tone(background="#54595d", text=_LIGHT),
)


def tones(kinds: Sequence[str]) -> list[Tone]:
    """Return how answers look, by their kind, in the order in which they are drawn."""
    agreeing, disagreeing = kinds.count(AGREE), kinds.count(DISAGREE)
    found: list[Tone] = []
    for at, kind in enumerate(kinds):
        before = kinds[:at].count(kind)
        if kind == UNSURE:
            found.append(_UNSURE)
        elif kind == AGREE:
            found.append(_AGREEING[_step(before, agreeing)])
        elif kind == DISAGREE:
            found.append(_DISAGREEING[_step(disagreeing - 1 - before, disagreeing)])
        else:
            is_middle = agreeing or disagreeing
            found.append(_MIDDLE if is_middle else _OPTIONS[before % len(_OPTIONS)])
    return found


def _step(before: int, of: int) -> int:
    """The outermost step of a side is dark, what lies further in is light."""
    return 0 if before == 0 and of > 0 else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One answer in one bar; share is in percent, and said is the whole of it in words and numbers."""

    tone: Tone
    share: Fraction
    said: str
    percent: str

    @property
    def width(self) -> Wikitext:
        """Return the width as CSS writes it."""
        return Wikitext(f"{float(self.share):.3f}%")

    @property
    def text(self) -> str:
        """Return what fits into the segment on a narrow screen: the percentage, its number, or nothing."""
        if self.share >= Fraction(19, 2):
            return self.percent
        return self.percent.rstrip("% \u00a0\u202f٪") if self.share >= 4 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One question, or one of several rounds of it; note is what else is said of it beside its title."""

    title: str
    note: str
    segments: tuple[Segment, ...]
    is_under: bool = False

    @property
    def said(self) -> str:
        """Return the whole bar in words and numbers."""
        return f"{self.title}, {self.note}: " + "; ".join(segment.said for segment in self.segments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Bars that belong together under one title, which is empty for a bar that stands for itself."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a tone stands for."""

    label: str
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture of stacked bars; id is the start of its file's name."""

    id: str
    title: str
    keys: tuple[Key, ...]
    groups: tuple[Group, ...]
