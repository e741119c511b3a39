"""Draw a chart as an SVG picture for slides, readable by itself and by a screen reader."""

from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from bot.render.chart import Bar, Chart, Segment, Tone
from bot.render.terminal import width

_WIDTH = 960
_MARGIN = 32
_BAR = 36
_INNER = _WIDTH - 2 * _MARGIN
_FONT = "system-ui, 'Noto Sans', 'Noto Sans Arabic', 'DejaVu Sans', sans-serif"


@dataclass(slots=True)
class _Drawing:
    """A picture while it grows downwards; in a language written from the right everything is mirrored but letters."""

    root: Element
    is_rtl: bool
    y: float = 0

    def x(self, offset: float, length: float = 0) -> float:
        """Return where something stands that begins so far from the side where reading begins."""
        return _WIDTH - _MARGIN - offset - length if self.is_rtl else _MARGIN + offset

    def write(self, text: str, offset: float, size: int, *, weight: str = "normal", fill: str = "#202122") -> None:
        """Write a line of text that begins at an offset."""
        # In a right-to-left picture "start" is the right end of the text.
        attributes = {"x": f"{self.x(offset):.1f}", "y": f"{self.y:.1f}", "font-size": str(size), "fill": fill}
        SubElement(self.root, "text", attributes | {"font-weight": weight, "text-anchor": "start"}).text = text


def svg(chart: Chart, direction: str, language: str) -> str:
    """Return a chart as the text of an SVG file."""
    attributes = {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "lang": language, "direction": direction}
    root = Element("svg", attributes | {"font-family": _FONT})
    SubElement(root, "title").text = chart.title
    SubElement(root, "desc").text = "\n".join(bar.said for group in chart.groups for bar in group.bars)
    tones = list(dict.fromkeys(key.tone for key in chart.keys))
    _patterns(root, tones)
    background = SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": "#ffffff"})
    drawing = _Drawing(root, direction == "rtl", y=_MARGIN + 18)
    drawing.write(chart.title, 0, 24, weight="bold")
    _keys(drawing, chart, tones)
    for group in chart.groups:
        _group(drawing, group.title, group.bars, tones)
    height = round(drawing.y + _MARGIN)
    root.set("viewBox", f"0 0 {_WIDTH} {height}")
    root.set("width", str(_WIDTH))
    root.set("height", str(height))
    background.set("height", str(height))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _patterns(root: Element, tones: list[Tone]) -> None:
    definitions = SubElement(root, "defs")
    for number, tone in enumerate(tones):
        if tone.stripe:
            size = str(tone.gap)
            attributes = {"id": f"tone{number}", "width": size, "height": size, "patternUnits": "userSpaceOnUse"}
            pattern = SubElement(definitions, "pattern", attributes | {"patternTransform": f"rotate({tone.angle})"})
            SubElement(pattern, "rect", {"width": size, "height": size, "fill": tone.background})
            SubElement(pattern, "rect", {"width": "1.2", "height": size, "fill": tone.stripe})


def _fill(tone: Tone, tones: list[Tone]) -> str:
    return f"url(#tone{tones.index(tone)})" if tone.stripe else tone.background


def _keys(drawing: _Drawing, chart: Chart, tones: list[Tone]) -> None:
    """Draw the legend, in as many lines as it takes."""
    drawing.y += 36
    offset = 0.0
    for key in chart.keys:
        length = 26 + 9.0 * width(key.label) + 22
        if offset and offset + length > _INNER:
            offset = 0
            drawing.y += 28
        swatch = {"x": f"{drawing.x(offset, 18):.1f}", "y": f"{drawing.y - 15:.1f}", "width": "18", "height": "18"}
        SubElement(drawing.root, "rect", swatch | {"fill": _fill(key.tone, tones), "stroke": "#54595d"})
        drawing.write(key.label, offset + 26, 17)
        offset += length
    drawing.y += 16


def _group(drawing: _Drawing, title: str, bars: tuple[Bar, ...], tones: list[Tone]) -> None:
    drawing.y += 14
    if title:
        drawing.y += 22
        drawing.write(title, 0, 19, weight="bold")
    for bar in bars:
        _bar(drawing, bar, tones)


def _bar(drawing: _Drawing, bar: Bar, tones: list[Tone]) -> None:
    drawing.y += 26
    drawing.write(f"{bar.title} – {bar.note}", 0, 17, weight="normal" if bar.is_under else "bold")
    drawing.y += 8
    offset = 0.0
    for segment in bar.segments:
        length = _INNER * float(segment.share) / 100
        _segment(drawing, segment, offset, length, tones)
        offset += length
    drawing.y += _BAR


def _segment(drawing: _Drawing, segment: Segment, offset: float, length: float, tones: list[Tone]) -> None:
    if not length:
        return
    x = drawing.x(offset, length)
    box = {"x": f"{x:.1f}", "y": f"{drawing.y:.1f}", "width": f"{length:.1f}", "height": str(_BAR)}
    rect = SubElement(drawing.root, "rect", box | {"fill": _fill(segment.tone, tones), "stroke": "#ffffff"})
    SubElement(rect, "title").text = segment.said
    if not segment.text:
        return
    middle = {"x": f"{x + length / 2:.1f}", "y": f"{drawing.y + 24:.1f}", "font-size": "17", "text-anchor": "middle"}
    halo = {"paint-order": "stroke", "stroke": segment.tone.background, "stroke-width": "4"}
    text = SubElement(drawing.root, "text", middle | halo | {"fill": segment.tone.text, "font-weight": "bold"})
    text.text = segment.text
