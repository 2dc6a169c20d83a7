"""How do letters and shapes become short SVG? Text as outlines, so that an <img> needs no fonts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from fontTools.misc.transform import Transform
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

# Letters are drawn on a grid this many times finer than a pixel, in whole numbers.
GRID = 10

Point = tuple[float, float]


@dataclass(frozen=True)
class Face:
    """One weight of one typeface."""

    font: TTFont
    glyphs: object = field(init=False)
    names: dict[int, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "glyphs", self.font.getGlyphSet())
        object.__setattr__(self, "names", self.font.getBestCmap())

    def width(self, text: str, size: float, track: float) -> float:
        return sum(self._advance(letter, size, track) for letter in text) - track * size

    def outline(self, text: str, x: float, y: float, size: float, track: float) -> str:
        """Path data on the grid, from the left end of the base line."""
        pen = DecomposingRecordingPen(self.glyphs)
        scale = size / self.font["head"].unitsPerEm * GRID
        for letter in text:
            shift = Transform(scale, 0, 0, -scale, x * GRID, y * GRID)
            self.glyphs[self.names[ord(letter)]].draw(TransformPen(pen, shift))
            x += self._advance(letter, size, track)
        short = Shortener()
        for command, points in pen.value:
            short.write(command, points)
        return "".join(short.parts)

    def _advance(self, letter: str, size: float, track: float) -> float:
        width = self.glyphs[self.names[ord(letter)]].width
        return float(width * size / self.font["head"].unitsPerEm + track * size)


class Shortener:
    """Writes contours in relative whole numbers, with `t` where a curve runs on smoothly."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._at = self._start = (0, 0)

    def write(self, command: str, points: Sequence[Point]) -> None:
        """One call of a fontTools pen, by its name."""
        match command:
            case "moveTo":
                self._put("m", points)
                self._start = self._at
            case "lineTo":
                self._put("l", points)
            case "curveTo":
                self._put("c", points)
            case "qCurveTo":
                self._quadratic(points)
            case _:
                self.parts.append("z")
                self._at = self._start

    def _quadratic(self, points: Sequence[Point]) -> None:
        *controls, end = points
        for number, control in enumerate(controls):
            is_last = number == len(controls) - 1
            # An implied point lies halfway between two controls, so the next one is a mirror.
            after = end if is_last else _middle(control, controls[number + 1])
            self._put("t" if number else "q", [after] if number else [control, after])

    def _put(self, command: str, points: Sequence[Point]) -> None:
        rounded = [(round(x), round(y)) for x, y in points]
        steps = [str(value) for x, y in rounded for value in (x - self._at[0], y - self._at[1])]
        text = steps[0] + "".join(step if step[0] == "-" else f" {step}" for step in steps[1:])
        self.parts.append(command + text)
        self._at = rounded[-1]


def faces(modules: Path) -> dict[str, Face]:
    """The typefaces of the packs (all OFL), from fontsource packages under `modules`."""
    variable = modules / "@fontsource-variable"
    news = variable / "newsreader/files/newsreader-latin-opsz-normal.woff2"
    figtree = variable / "figtree/files/figtree-latin-wght-normal.woff2"
    jost = variable / "jost/files/jost-latin-wght-normal.woff2"
    garamond = modules / "@fontsource/cormorant-garamond/files/cormorant-garamond-latin"
    return {
        "serif": _instance(news, opsz=40, wght=500),
        "sans": _instance(figtree, wght=500),
        "sansb": _instance(figtree, wght=600),
        "jost": _instance(jost, wght=450),
        "garamond": Face(TTFont(f"{garamond}-600-normal.woff2")),
        "garamond-italic": Face(TTFont(f"{garamond}-600-italic.woff2")),
    }


def _instance(path: Path, **axes: float) -> Face:
    font = instancer.instantiateVariableFont(TTFont(path), axes)
    buffer = BytesIO()
    font.flavor = None
    font.save(buffer)
    buffer.seek(0)
    return Face(TTFont(buffer))


def _middle(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
