"""Open and close lists from the markers of one line to those of the next, as MediaWiki does."""

from bot.parse.elements import Elements

DEEPEST = 240


class Lists:
    """The lists that markers opened; fake_headings are the ranges of runs that are terms with no definition."""

    __slots__ = ("_elements", "_is_term", "_terms", "fake_headings", "markers")

    def __init__(self, elements: Elements) -> None:
        self._elements = elements
        self._is_term = False
        self._terms: list[int] = []
        self.markers = ""
        self.fake_headings: list[tuple[int, int]] = []

    def change(self, markers: str, runs: int) -> None:
        """Go from the last line's markers to these; runs is the number of runs that stand before."""
        normal = markers.replace(";", ":")
        if normal == self.markers:
            if markers:
                self.next_item(markers[-1])
            return
        common = _common(markers, self.markers)
        for marker in reversed(self.markers[common:]):
            self._close(marker, runs)
        if 0 < len(markers) <= common:
            self.next_item(markers[common - 1])
        for marker in markers[common:]:
            self._open(marker, runs)
        self.markers = normal

    def next_item(self, marker: str) -> None:
        """End the item of the innermost list and begin the next."""
        self._terms[-1] = -1
        name = _item(marker)
        last = "li" if name == "li" else "dt" if self._is_term else "dd"
        if name != last or not self._elements.ends_with(name):
            self._elements.close(last)
            self._elements.open(name)
        self._is_term = name == "dt"

    def _open(self, marker: str, runs: int) -> None:
        self._elements.open(_list(marker))
        self._elements.open(_item(marker))
        self._is_term = marker == ";"
        self._terms.append(runs if self._is_term else -1)

    def _close(self, marker: str, runs: int) -> None:
        self._elements.close("li" if marker in "*#" else "dt" if self._is_term else "dd")
        self._elements.close(_list(marker))
        self._is_term = False
        since = self._terms.pop()
        if since >= 0:
            self.fake_headings.append((since, runs))


def _item(marker: str) -> str:
    return "li" if marker in "*#" else "dt" if marker == ";" else "dd"


def _list(marker: str) -> str:
    return {"*": "ul", "#": "ol"}.get(marker, "dl")


def _common(markers: str, last: str) -> int:
    """Return how many markers two lines share from the left."""
    for at, (one, other) in enumerate(zip(markers, last, strict=False)):
        if one != other:
            return at
    return min(len(markers), len(last))
