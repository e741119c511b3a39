"""Cut an export of a survey into rows of cells: on a page of its own, or in a block of another page."""

import csv
import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.model import Revision

_ENDINGS = (".csv", ".tsv")
_BLOCK = re.compile(
    r"<(pre|syntaxhighlight|source)(?:\s[^<>]{0,300})?>\n?(.*?)</\1\s{0,9}>", re.IGNORECASE | re.DOTALL
)
_DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(r"\"?sep=(.)\"?\s{0,9}", re.IGNORECASE)  # how Excel is told what parts the cells
_IMPORT = re.compile(r"\s{0,9}\{\"ImportId\"")  # the third row of a Qualtrics export
_MARKUP = tuple("=*#:;{|!<'")
_HEADER_LINES = 40
_HEADER_ROWS = 10
_WIDEST = 1_000  # columns; a form has no more questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The text of one table of answers, and the line of the page that it begins in.

    is_page tells of a page that is nothing else by its title, is_bare of one that may as well be wikitext.
    """

    text: str
    line: int
    is_page: bool = False
    is_bare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row and the line that it begins in."""

    cells: tuple[str, ...]
    line: int

    @property
    def width(self) -> int:
        """Return how many cells there are but for empty ones at the end, of which spreadsheets write any number."""
        return max((at for at, cell in enumerate(self.cells, 1) if cell.strip()), default=0)

    def cell(self, column: int) -> str:
        """Return the text of a cell, nothing where there is none."""
        return self.cells[column].strip() if column < len(self.cells) else ""

    def fits(self, header: "Record") -> bool:
        """Tell whether a row has as many cells as the header."""
        if len(self.cells) == len(header.cells):
            return True
        return self.width <= header.width <= len(self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The header of an export and the rows below it; broken is the line where quotation marks end all reading.

    is_first tells that nothing stands above the header.
    """

    header: Record
    rows: tuple[Record, ...]
    is_first: bool = True
    broken: int = 0

    @property
    def is_wikitext(self) -> bool:
        """Tell whether this looks like a page of wikitext with commas in it: by its markup, and by its lines."""
        first = self.header.cell(0)
        fitting = sum(row.fits(self.header) for row in self.rows)
        return not first or first.startswith(_MARKUP) or 2 * fitting <= len(self.rows)


def is_export(title: str) -> bool:
    """Tell whether a page is nothing but a table of answers, by its title."""
    return title.casefold().endswith(_ENDINGS)


def exports(revision: Revision) -> list[Export]:
    """Return the texts of a page that may be tables of answers."""
    text = revision.wikitext
    is_page = is_export(revision.title)
    blocks = [
        Export(text=html.unescape(found[2]), line=text.count("\n", 0, found.start(2)) + 1, is_page=is_page)
        for found in _BLOCK.finditer(text)
    ]
    if is_page and not text.lstrip("\ufeff \n").startswith("<"):
        blocks = []  # what stands in a cell is no block
    return blocks or [Export(text=text, line=1, is_page=is_page, is_bare=not is_page)]


def sheet(export: Export, asks: Callable[[str], bool]) -> Sheet:
    """Return the rows of an export; asks tells of a cell whether it names a question.

    The header is the row that names most questions: some exports have codes or notes above it or below.
    """
    records: list[Record] = []
    broken = 0
    for each in _records(export, asks):
        if isinstance(each, Record):
            records.append(each)
        else:
            broken = each
    asked = [sum(map(asks, record.cells[:_WIDEST])) for record in records[:_HEADER_ROWS]]
    if not any(asked):
        return Sheet(header=Record(cells=(), line=export.line), rows=(), broken=broken)
    at = asked.index(max(asked))
    rows = [record for record in records[at + 1 :] if not any(_IMPORT.match(cell) for cell in record.cells)]
    return Sheet(header=records[at], rows=tuple(rows), is_first=at == 0, broken=broken)


def _records(export: Export, asks: Callable[[str], bool]) -> Iterator[Record | int]:
    """Yield the rows that hold anything, then the line where reading broke off, if it did."""
    text = export.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = [f"{line}\n" for line in text.split("\n")]
    first = export.line
    named = _SEPARATOR.fullmatch(lines[0]) if lines else None
    if named:
        lines, first = lines[1:], first + 1
    delimiter = named[1] if named else _delimiter(lines[:_HEADER_LINES], asks)
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    begin = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Record(cells=tuple(cells[:_WIDEST]), line=first + begin)
            begin = reader.line_num
    except csv.Error:
        yield first + begin


def _delimiter(lines: Sequence[str], asks: Callable[[str], bool]) -> str:
    """Return what parts the cells: the sign that leaves most questions whole, else the most frequent one."""
    header = "".join(re.split(r'"[^"]{0,9999}"', "".join(lines[:1])))
    return max(_DELIMITERS, key=lambda sign: (_questions(lines, sign, asks), header.count(sign)))


def _questions(lines: Sequence[str], delimiter: str, asks: Callable[[str], bool]) -> int:
    """Return how many questions a row has where a sign parts the cells."""
    most = 0
    try:
        for cells in csv.reader(lines, delimiter=delimiter, skipinitialspace=True):
            most = max(most, sum(map(asks, cells[:_WIDEST])) if len(cells) > 1 else 0)
    except csv.Error:
        return most
    return most
