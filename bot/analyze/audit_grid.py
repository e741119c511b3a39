"""A table as a grid of counts and shares under the names and roles of its rows and columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from bot.analyze.audit_finding import Figure

SPECIAL = ("total", "size", "mean", "agreement", "change", "rate", "rank")
Words = tuple[str, ...]
At = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The name of a row or column: the words of each of its labels, outermost first, and the roles of the last.

    kinds are the roles of each label; own holds the words that say more than "count" or "percentage"; scale is the
    number of a step of a scale, and wave the label that names one poll of several; wavelike may be such a label, and
    rest is what is said beside it, in the label that is beside.
    """

    names: tuple[str, ...]
    labels: tuple[Words, ...]
    roles: frozenset[str]
    line: int
    kinds: tuple[frozenset[str], ...] = ()
    scale: Fraction | None = None
    own: frozenset[str] = frozenset()
    wave: Words = ()
    wavelike: Words = ()
    rest: Words = ()
    beside: Words = ()

    @property
    def name(self) -> str:
        """Return the labels in one."""
        return ", ".join(self.names)

    def special(self) -> str:
        """Return the role that keeps it from being one answer or thing among others, or nothing."""
        return next((role for role in SPECIAL if role in self.roles), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What one cell says, together with the cell that holds its share."""

    line: int
    count: Figure | None = None
    share: Figure | None = None
    decimal: Figure | None = None
    base: Figure | None = None
    is_unknown: bool = False
    mark: bool | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether no figure stands there."""
        return not (self.count or self.share or self.decimal)

    @property
    def any(self) -> Figure | None:
        """Return whichever figure stands there."""
        return self.count or self.share or self.decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table as rows and columns with roles; cells without a figure are left out."""

    section: int
    line: int
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: Mapping[At, Pair] = field(repr=False)
    corner: Words = ()
    is_turned: bool = False

    def turned(self) -> "Grid":
        """Return the grid with rows for columns."""
        cells = {(column, row): pair for (row, column), pair in self.cells.items()}
        return replace(self, rows=self.columns, columns=self.rows, cells=cells, is_turned=not self.is_turned)

    def column(self, number: int) -> list[Pair]:
        """Return the cells of a column that hold figures."""
        return [self.cells[at, number] for at in range(len(self.rows)) if (at, number) in self.cells]
