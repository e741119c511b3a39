"""Find in a table of results which rows are headers, which columns are labels, and where a second table begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.languages import Language
from bot.parse import table
from bot.parse.poll_cell import LABEL, NUMBERS, Entry, entry
from bot.parse.poll_names import PollNames, Roles
from bot.parse.poll_source import Source

Row = list[Entry]
_BOLD = re.compile(r"\s{0,9}\'\'\'.{1,200}\'\'\'\s{0,9}")
_HEADER_ROWS = 4


@dataclass(slots=True, kw_only=True)
class Part:
    """A table, or one of several that stand in one: its header rows and the rows below them."""

    headers: list[Row]
    rows: list[Row]
    label_columns: int = 1

    @property
    def width(self) -> int:
        """Return how many columns the header has; a title above it may span more than there are."""
        return len(self.headers[-1]) if self.headers else 0

    def column_texts(self, column: int) -> list[str]:
        """Return the header texts above a column, each once, from the top."""
        texts = [row[column].text for row in self.headers if column < len(row)]
        return [text for text in dict.fromkeys(texts) if text]

    def column_line(self, column: int) -> int:
        """Return the line of the lowest header above a column."""
        lines = [row[column].line for row in self.headers if column < len(row)]
        return lines[-1] if lines else 1

    def labels(self, row: Row) -> list[str]:
        """Return the texts of a row's label cells."""
        return [each.text for each in row[: self.label_columns] if each.text]

    def cells(self, row: Row) -> list[tuple[int, Entry]]:
        """Return the other cells of a row, with their columns."""
        return list(enumerate(row))[self.label_columns :]

    def texts(self) -> list[str]:
        """Return every text that may name something."""
        above = [each.text for row in self.headers for each in row]
        return [text for text in [*above, *(text for row in self.rows for text in self.labels(row))] if text]


def rows_of(source: Source, words: Language) -> list[Row]:
    """Return the rows of a table, spanning cells repeated in each place that they cover, without their numbering."""
    rows = [[entry(cell, words) for cell in row] for row in table.grid(source.rows)]
    return [row[1:] for row in rows] if _is_numbered(rows) else rows


def _is_numbered(rows: Sequence[Row]) -> bool:
    """Tell whether the first column only numbers the rows, and what they are about stands in the second."""
    found = [row for row in rows if len(row) > 2 and row[0].kind == NUMBERS and row[1].kind == LABEL]
    numbers = [row[0].numbers[0].value for row in found if not row[0].cell.is_copy]
    others = [row for row in rows if row not in found and row[0].kind == NUMBERS]
    return bool(numbers) and not others and numbers == list(range(1, len(numbers) + 1))


def parts(rows: Sequence[Row], names: PollNames | None) -> list[Part]:
    """Split the rows of a table into its parts; the names of a poll help to tell headers from rows."""
    found = [Part(headers=[], rows=[])]
    for row in rows:
        part = found[-1]
        if not any(each.text for each in row):
            continue
        if not part.rows and len(part.headers) < _HEADER_ROWS and _is_top_header(row, part, names):
            part.headers.append(row)
        elif part.rows and _is_header_again(row, names):
            found.append(Part(headers=[row], rows=[]))
        else:
            part.rows.append(row)
    for part in found:
        part.label_columns = _label_columns(part, names)
        _widen(part)
    return [part for part in found if part.rows]


def across_table(row: Row, names: PollNames) -> Roles | None:
    """Return what a row says that is one cell across the table, or a poll's name alone; None for other rows."""
    first = row[0]
    roles = names.roles(first.text)
    if not first.text or (first.kind == NUMBERS and roles.is_empty):
        return None
    if len(row) > 1 and all(
        each.cell.is_copy and each.line == first.line and each.text == first.text for each in row[1:]
    ):
        return roles
    is_alone = all(not each.cell.wikitext.strip() for each in row[1:])
    return roles if is_alone and roles.poll and not (roles.question or roles.answer) else None


def _is_top_header(row: Row, part: Part, names: PollNames | None) -> bool:
    numbers = [each for each in row if each.kind == NUMBERS]
    if not numbers:
        # A name across the whole table below a header names the rows that follow.
        return not part.headers or len({each.text for each in row if each.text}) > 1
    if part.headers and len({each.text for each in part.headers[-1]} - {""}) > 1:
        return False
    if all(each.cell.is_header for each in row) or _counts_steps(row):
        return True
    return names is not None and len(numbers) > 1 and all(names.answer(each.text) for each in numbers)


def _counts_steps(row: Row) -> bool:
    """Tell whether a row in bold holds the steps of a scale, one after the other, as a header of plain cells does."""
    steps = [each.numbers[0].value for each in row if each.kind == NUMBERS]
    is_bold = all(_BOLD.fullmatch(each.cell.wikitext) for each in row if each.text)
    up = [steps[0] + at for at in range(len(steps))]
    return (
        is_bold
        and len(steps) > 2
        and min(steps) in (0, 1)
        and steps in (up, [steps[0] - at for at in range(len(steps))])
    )


def _is_header_again(row: Row, names: PollNames | None) -> bool:
    labels = [each for each in row if each.text and not each.cell.is_copy]
    if len(labels) < 2 or any(each.kind == NUMBERS for each in labels):
        return False
    if all(each.cell.is_header for each in labels) and len(labels) > 2:
        return True
    found = [names.roles(each.text) for each in labels[1:]] if names else []
    return sum(bool(roles.answer or roles.question) for roles in found) > 1


def _label_columns(part: Part, names: PollNames | None) -> int:
    """Return how many columns at the start hold no numbers; the first one always labels, unless it is an answer."""
    heads = part.column_texts(0)
    if names and any(names.answer(text) for text in heads) and _has_numbers(part, 0):
        return 0
    columns = 1
    widest = max(len(row) for row in part.rows) if part.rows else 0
    while columns < widest and not _has_numbers(part, columns) and _has_labels(part, columns):
        columns += 1
    return columns


def _has_numbers(part: Part, column: int) -> bool:
    return any(row[column].kind == NUMBERS for row in part.rows if column < len(row))


def _has_labels(part: Part, column: int) -> bool:
    return any(row[column].kind == LABEL for row in part.rows if column < len(row))


def _widen(part: Part) -> None:
    """Repeat headers over the shares that stand in cells of their own, where a table's header has only one cell."""
    rows = [row for row in part.rows if any(each.kind == NUMBERS for each in row)]
    if not rows or any(len(row) <= part.width or len(row) != len(rows[0]) for row in rows):
        return
    repeats: list[int] = []
    at = part.label_columns
    for column in range(part.label_columns, part.width):
        repeats.append(column)
        if at + 1 < len(rows[0]) and all(_is_pair(row[at], row[at + 1]) for row in rows):
            repeats.append(column)
            at += 1
        at += 1
    if at == len(rows[0]) and all(len(row) == part.width for row in part.headers):
        labels = range(part.label_columns)
        part.headers = [[row[column] for column in [*labels, *repeats]] for row in part.headers]


def _is_pair(count: Entry, share: Entry) -> bool:
    return not count.has_share and share.has_share and len(share.numbers) == 1
