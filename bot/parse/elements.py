"""Keep the open elements of a page as a browser does, to know how deep in lists a piece of text stands."""

from collections import defaultdict

# An end tag reaches no further up than these.
_SCOPES = frozenset({"table", "td", "th", "caption"})
_ITEM_SCOPES = _SCOPES | {"ul", "ol"}
_TABLE_SCOPES = frozenset({"table"})
_TABLE_PARTS = frozenset({"tr", "td", "th", "caption"})
_ITEMS = frozenset({"li", "dd"})
_CLOSES = {"li": frozenset({"li"}), "dd": frozenset({"dd", "dt"}), "dt": frozenset({"dd", "dt"})}
_MARKING = frozenset({"blockquote", "notalk"})
# Browsers give up somewhere, too; every step below is bounded by it.
_DEEPEST = 500


class Elements:
    """The open elements, innermost last.

    level is the number of list items among them plus one; is_quoted and is_silent tell whether what stands here is
    a quote, or marked as no talk.
    """

    __slots__ = ("_counts", "_names", "is_quoted", "is_silent", "level")

    def __init__(self) -> None:
        self._names: list[str] = []
        self._counts: defaultdict[str, int] = defaultdict(int)
        self.level = 1
        self.is_quoted = False
        self.is_silent = False

    def ends_with(self, name: str) -> bool:
        """Tell whether such an element is the innermost one."""
        return bool(self._names) and self._names[-1] == name

    def open(self, name: str) -> None:
        """Open an element, closing what cannot hold it."""
        if kin := _CLOSES.get(name):
            self._close_item(kin)
        elif name in _TABLE_PARTS:
            self._close_down_to("table" if name == "tr" else "tr")
        if len(self._names) < _DEEPEST:
            self._names.append(name)
            self._counts[name] += 1
            self.level += name in _ITEMS
            if name in _MARKING:
                self._mark()

    def close(self, name: str) -> None:
        """Close the nearest such element that the end tag reaches."""
        if not self._counts[name]:
            return
        if self._names[-1] == name:
            self._cut(len(self._names) - 1)
            return
        scopes = _ITEM_SCOPES if name == "li" else _SCOPES
        if name == "table" or name in _TABLE_PARTS:
            scopes = _TABLE_SCOPES
        for at in range(len(self._names) - 1, -1, -1):
            if self._names[at] == name:
                self._cut(at)
                return
            if self._names[at] in scopes:
                return

    def _cut(self, at: int) -> None:
        for name in self._names[at:]:
            self._counts[name] -= 1
            self.level -= name in _ITEMS
        del self._names[at:]
        if self.is_quoted or self.is_silent:
            self._mark()

    def _mark(self) -> None:
        self.is_quoted = self._counts["blockquote"] > 0
        self.is_silent = self._counts["notalk"] > 0

    def _close_item(self, kin: frozenset[str]) -> None:
        for at in range(len(self._names) - 1, -1, -1):
            if self._names[at] in kin:
                self._cut(at)
                return
            if self._names[at] not in ("div", "notalk"):
                return

    def _close_down_to(self, row: str) -> None:
        """Close everything inside the current row or table, so that a new part of it can begin."""
        if not self._counts["table"]:
            return
        for at in range(len(self._names) - 1, -1, -1):
            if self._names[at] in (row, "table"):
                self._cut(at + 1)
                return
