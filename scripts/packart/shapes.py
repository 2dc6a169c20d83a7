"""What does each kind of pack look like? A function per shape: body, gradients, shadow's reach."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from packart.ink import GRID, Face
from packart.scenes import FLOOR, Stop, cylinder, gradient, rounded

MIDDLE = 300
Drawing = tuple[str, str, float]
GLARE: Sequence[Stop] = (
    (0, "#000", 0.2),
    (0.18, "#fff", 0.0),
    (0.34, "#fff", 0.22),
    (0.58, "#fff", 0.0),
    (1, "#000", 0.2),
)


@dataclass(frozen=True)
class Pack:
    """What a shape needs to know: colors, and the words on the label."""

    faces: dict[str, Face]
    body: Sequence[str]
    cap: Sequence[str]
    label: str
    ink: str
    liquid: str
    has_patch: bool  # a paper label on a body that is lettered otherwise
    brand: str
    brand_face: str
    brand_size: float
    brand_track: float
    lines: Sequence[str]
    volume: str

    def words(self, text: str, y: float, size: float, x: float = MIDDLE, ink: str = "") -> str:
        return self._text(text, x, y, size, face="sans", track=0.02, ink=ink or self.ink)

    def mark(self, y: float, room: float, x: float = MIDDLE, ink: str = "") -> str:
        """The brand's name, no wider than its room."""
        wide = self.faces[self.brand_face].width(self.brand, self.brand_size, self.brand_track)
        size = self.brand_size * min(1, room / wide)
        return self._text(
            self.brand,
            x,
            y,
            size,
            face=self.brand_face,
            track=self.brand_track,
            ink=ink or self.ink,
        )

    def block(self, y: float, room: float, *, size: float = 16, x: float = MIDDLE) -> str:
        """Brand, a fine rule, and the product's lines, downwards from the brand's base line."""
        rule = f'<path stroke="{self.ink}" stroke-opacity=".5" d="M{x - 22:g} {y + 21:g}h44"/>'
        step = size * 1.32
        lines = "".join(
            self.words(line, y + 30 + size + number * step, size, x)
            for number, line in enumerate(self.lines)
        )
        return self.mark(y, room, x) + rule + lines

    def round(self) -> str:
        """The two gradients that nearly every shape uses."""
        return gradient("g", cylinder(*self.body)) + gradient("c", cylinder(*self.cap))

    def _text(
        self, text: str, x: float, y: float, size: float, *, face: str, track: float, ink: str
    ) -> str:
        left = x - self.faces[face].width(text, size, track) / 2
        data = self.faces[face].outline(text, left, y, size, track)
        return f'<path fill="{ink}" transform="scale({1 / GRID:g})" d="{data}"/>'


def dropper(pack: Pack) -> Drawing:
    w, h = 190, 272
    x, y = MIDDLE - w / 2, FLOOR - h
    label_y, label_h = y + 84, h - 122
    body = (
        f'<path fill="url(#r)" d="{rounded(275, y - 200, 50, 108, 24, 24, 6, 6)}"/>'
        f'<path fill="url(#c)" d="{rounded(257, y - 102, 86, 72, 7)}"/>'
        f"{_ribs(263, y - 96, 60, 10, 8.2)}"
        f'<path fill="url(#g)" d="M262 {y - 30}h76v14q0 12 26 20q31 16 31 52v{h - 76}q0 20-20 20'
        f'H{x + 20}q-20 0-20-20v-{h - 76}q0-36 31-52q26-8 26-20z"/>'
        f"{_liquid(pack, x, y + 78, w)}"
        f'<path fill="#fff" opacity=".3" d="{rounded(x + 19, y + 50, 9, h - 92, 4)}"/>'
        f'<path fill="{pack.label}" d="M{x} {label_y}h{w}v{label_h}h-{w}z"/>'
        f"{pack.mark(label_y + 44, w - 26)}"
        f"{_lines(pack, label_y + 78, 15)}"
        f"{pack.words(pack.volume, label_y + label_h - 14, 12)}"
        f'<path fill="url(#l)" d="M{x} {label_y}h{w}v{label_h}h-{w}z"/>'
    )
    rubber = gradient("r", cylinder("#2b2f2d", "#4b524e", "#171a19"))
    return body, pack.round() + rubber + gradient("l", GLARE), w * 0.62


def pump(pack: Pack) -> Drawing:
    w, h = 220, 360
    x, y = MIDDLE - w / 2, FLOOR - h
    body = (
        f'<path fill="url(#c)" d="M292 {y - 132}h16v70h-16z"/>'
        f'<path fill="url(#c)" d="M232 {y - 152}q-24 0-30 12l-4 9q-1 5 6 4l12-3q8-2 18-2h94'
        'q10 0 10-10v-4q0-10-12-10z"/>'
        f'<path fill="url(#c)" d="{rounded(264, y - 66, 72, 50, 6)}"/>{_ribs(269, y - 60, 38, 11)}'
        f"{_shoulders(x, y, w, h)}"
        f'<path fill="#fff" opacity=".22" d="{rounded(x + 22, y + 58, 12, h - 104, 6)}"/>'
        f"{_patch(pack, x, y + 104, w, 216)}"
        f"{pack.block(y + 154, w - 48)}{pack.words(pack.volume, FLOOR - 54, 13)}"
    )
    return body, pack.round() + gradient("l", GLARE), w * 0.62


def spray(pack: Pack) -> Drawing:
    w, h = 172, 330
    x, y = MIDDLE - w / 2, FLOOR - h
    body = (
        f'<path fill="url(#c)" d="{rounded(262, y - 108, 76, 100, 10, 10, 3, 3)}"/>'
        f'<circle cx="286" cy="{y - 76}" r="4" fill="#000" opacity=".35"/>'
        f'<path fill="#000" opacity=".08" d="M262 {y - 22}h76v14h-76z"/>'
        f"{_shoulders(x, y + 8, w, h - 8)}"
        f'<path fill="#fff" opacity=".28" d="{rounded(x + 18, y + 60, 9, h - 104, 4)}"/>'
        f"{_patch(pack, x, y + 100, w, 190)}"
        f"{pack.block(y + 144, w - 34, size=15)}{pack.words(pack.volume, FLOOR - 54, 12.5)}"
    )
    return body, pack.round() + gradient("l", GLARE), w * 0.62


def tube(pack: Pack) -> Drawing:
    w, h = 172, 420
    x, y = MIDDLE - w / 2, FLOOR - h - 54
    body = (
        f'<path fill="url(#c)" d="{rounded(244, FLOOR - 58, 112, 58, 4, 4, 10, 10)}"/>'
        f"{_ribs(252, FLOOR - 52, 46, 13, 8)}"
        f'<path fill="url(#g)" d="M{x - 14} {y}h{w + 28}l-14 {h - 40}q-2 40-40 42H{x + 40}'
        'q-38-2-40-42z"/>'
        f'<path fill="#000" opacity=".07" d="M{x - 14} {y}h{w + 28}v22h-{w + 28}z"/>'
        f"{_ribs(x - 10, y + 1, 20, 27, 7.4)}"
        f'<path fill="#fff" opacity=".24" d="M{x + 16} {y + 40}h10l8 {h - 110}h-8z"/>'
        f"{pack.block(y + 130, w - 22)}{pack.words(pack.volume, y + h - 66, 13)}"
    )
    return body, pack.round(), w * 0.6


def jar(pack: Pack) -> Drawing:
    w, h = 292, 190
    x, y = MIDDLE - w / 2, FLOOR - h
    band = f"M{x} {y + 26}h{w}v{h - 66}h-{w}z"
    body = (
        f'<path fill="url(#c)" d="{rounded(x - 4, y - 92, w + 8, 88, 10, 10, 4, 4)}"/>'
        f'<path fill="#fff" opacity=".16" d="{rounded(x + 14, y - 86, w - 28, 6, 3)}"/>'
        f'<path fill="url(#g)" d="{rounded(x, y - 4, w, h + 4, 6, 6, 28, 28)}"/>'
        f'<path fill="{pack.label}" d="{band}"/>'
        f"{pack.mark(y + 76, w - 60)}{_lines(pack, y + 110, 16)}"
        f'<path fill="url(#l)" d="{band}"/>'
        f'<path fill="#fff" opacity=".22" d="{rounded(x + 24, y + 4, 10, 18, 5)}"/>'
        f"{pack.words(pack.volume, FLOOR - 14, 12.5, ink='#ffffff')}"
    )
    return body, pack.round() + gradient("l", GLARE), w * 0.58


def bar(pack: Pack) -> Drawing:
    body = (
        f'<path fill="url(#c)" d="{rounded(184, 470, 306, 136, 34)}"/>'
        f'<path fill="#fff" opacity=".28" d="{rounded(204, 478, 256, 9, 4)}"/>'
        f'<path fill="#000" opacity=".1" d="{rounded(396, 474, 22, 132, 0)}"/>'
        f'<path fill="url(#g)" d="{rounded(124, 262, 272, 344, 5)}"/>'
        '<path fill="#000" opacity=".05" d="M124 262h272v26H124zM372 288h24v318h-24z"/>'
        '<path fill="#fff" opacity=".5" d="M124 288h248v2H124z"/>'
        f'<g fill="{pack.ink}" opacity=".8" transform="translate(248 334)">'
        '<path d="M0 0q-20-18 0-46q20 28 0 46z"/><path d="M-4 2q-22 2-30-20q24-2 30 20z'
        'M4 2q22 2 30-20q-24-2-30 20z"/></g>'
        f"{pack.block(404, 200, x=248)}{pack.words(pack.volume, 580, 13, 248)}"
    )
    shades = gradient("g", [(0, pack.body[1], None), (1, pack.body[2], None)])
    soap = [(0, pack.cap[1], None), (0.25, pack.cap[0], None), (1, pack.cap[2], None)]
    return body, shades + gradient("c", soap, is_upright=True), 196


def _shoulders(x: float, y: float, w: float, h: float) -> str:
    """A bottle whose round shoulders meet a narrow neck, standing on the floor."""
    half = w / 2 - 60
    return (
        f'<path fill="url(#g)" d="M270 {y - 16:g}h60q4 0 4 6q0 12 {half:g} 20q26 8 26 44v{h - 78:g}'
        f"q0 24-24 24H{x + 24:g}q-24 0-24-24v-{h - 78:g}q0-36 26-44q{half:g}-8 {half:g}-20"
        'q0-6 4-6z"/>'
    )


def _patch(pack: Pack, x: float, y: float, w: float, h: float) -> str:
    """A paper label round the body, where the brand uses one."""
    if not pack.has_patch:
        return ""
    band = f"M{x:g} {y:g}h{w:g}v{h:g}h{-w:g}z"
    return f'<path fill="{pack.label}" d="{band}"/><path fill="url(#l)" d="{band}"/>'


def _ribs(x: float, y: float, h: float, count: int, step: float = 6.2) -> str:
    return (
        '<path stroke="#000" stroke-opacity=".09" stroke-width="1.5" d="'
        + "".join(f"M{x + number * step:g} {y:g}v{h:g}" for number in range(count))
        + '"/>'
    )


def _lines(pack: Pack, y: float, size: float) -> str:
    return "".join(
        pack.words(line, y + number * size * 1.38, size) for number, line in enumerate(pack.lines)
    )


def _liquid(pack: Pack, x: float, top: float, w: float) -> str:
    """What is seen through clear glass, with the pipette in it."""
    if not pack.liquid:
        return ""
    return (
        f'<path fill="{pack.liquid}" opacity=".55" d="M{x + 8} {top}H{x + w - 8}V{FLOOR - 24}'
        f'q0 14-14 14H{x + 22}q-14 0-14-14z"/>'
        f'<path stroke="#fff" stroke-opacity=".5" stroke-width="2" d="M{x + 10} {top}h{w - 20}"/>'
        f'<path fill="#fff" opacity=".35" d="M297 {top - 106}h6v200l-3 22l-3-22z"/>'
    )


SHAPES: dict[str, Callable[[Pack], Drawing]] = {
    "dropper": dropper,
    "pump": pump,
    "spray": spray,
    "tube": tube,
    "jar": jar,
    "bar": bar,
}
