"""The rarer packs: nozzle bottle, flask, atomizer, tin, sachet."""

from packart.scenes import FLOOR, cylinder, gradient, rounded
from packart.shapes import GLARE, MIDDLE, SHAPES, Drawing, Pack


def nozzle(pack: Pack) -> Drawing:
    """A squeeze bottle that ends in a long tip, for drawing along partings."""
    w, h = 168, 300
    x, y = MIDDLE - w / 2, FLOOR - h
    body = (
        f'<path fill="url(#c)" d="M294 {y - 152}q6-6 12 0l9 88h-30z"/>'
        f'<path fill="url(#c)" d="{rounded(262, y - 70, 76, 54, 8, 8, 3, 3)}"/>'
        f'<path stroke="#000" stroke-opacity=".1" stroke-width="1.5" '
        f'd="M270 {y - 62}v40m10-40v40m10-40v40m10-40v40m10-40v40m10-40v40m10-40v40"/>'
        f'<path fill="url(#g)" d="M258 {y - 18}h84q{w / 2 - 42:g} 8 {w / 2 - 42:g} 56v{h - 62}'
        f"q0 24-24 24H{x + 24:g}q-24 0-24-24v-{h - 62}q0-48 {w / 2 - 42:g}-56z"
        '"/>'
        f'<path fill="#fff" opacity=".26" d="{rounded(x + 17, y + 46, 9, h - 90, 4)}"/>'
        f"{pack.block(y + 108, w - 34, size=15)}{pack.words(pack.volume, FLOOR - 28, 12.5)}"
    )
    return body, pack.round(), w * 0.62


def flask(pack: Pack) -> Drawing:
    """A tall, slim bottle with straight sides and a long cap."""
    w, h = 148, 348
    x, y = MIDDLE - w / 2, FLOOR - h
    body = (
        f'<path fill="url(#c)" d="{rounded(266, y - 116, 68, 108, 5, 5, 2, 2)}"/>'
        f'<path fill="#fff" opacity=".25" d="M266 {y - 34}h68v3h-68z"/>'
        f'<path fill="url(#g)" d="{rounded(x, y - 10, w, h + 10, 40, 40, 14, 14)}"/>'
        f"{_inside(pack, x, y + 64, w)}"
        f'<path fill="#fff" opacity=".3" d="{rounded(x + 15, y + 34, 8, h - 70, 4)}"/>'
        f"{pack.block(y + 144, w - 24, size=14.5)}{pack.words(pack.volume, FLOOR - 28, 12)}"
    )
    return body, pack.round(), w * 0.64


def atomizer(pack: Pack) -> Drawing:
    """Thick square glass under a cylinder cap."""
    w, h = 208, 236
    x, y = MIDDLE - w / 2, FLOOR - h
    body = (
        f'<path fill="url(#c)" d="{rounded(250, y - 116, 100, 92, 5)}"/>'
        f'<path fill="url(#c)" d="M272 {y - 26}h56v26h-56z"/>'
        f'<path fill="#000" opacity=".12" d="M272 {y - 26}h56v5h-56z"/>'
        f'<path fill="url(#g)" d="{rounded(x, y - 2, w, h + 2, 12, 12, 10, 10)}"/>'
        f'<path fill="{pack.liquid}" opacity=".62" '
        f'd="{rounded(x + 14, y + 34, w - 28, h - 58, 4)}"/>'
        f'<path stroke="#fff" stroke-opacity=".6" stroke-width="2" '
        f'd="M{x + 16} {y + 34}h{w - 32}"/>'
        f'<path fill="#fff" opacity=".35" d="{rounded(x + 8, y + 10, 7, h - 24, 3)}'
        f'{rounded(x + w - 14, y + 10, 4, h - 24, 2)}"/>'
        f'<path fill="{pack.label}" d="M{x + 30} {y + 74}h{w - 60}v112h{60 - w}z"/>'
        f"{pack.mark(y + 110, w - 84)}"
        + "".join(pack.words(line, y + 136 + n * 17, 13.5) for n, line in enumerate(pack.lines))
        + pack.words(pack.volume, y + 178, 11)
    )
    return body, pack.round(), w * 0.6


def tin(pack: Pack) -> Drawing:
    """A round tin, its lid leaning on the wall behind it."""
    body = (
        '<circle cx="316" cy="392" r="150" fill="#1b2320" opacity=".16"/>'
        '<circle cx="300" cy="388" r="150" fill="url(#m)"/>'
        f'<circle cx="300" cy="388" r="136" fill="{pack.label}"/>'
        '<circle cx="300" cy="388" r="136" fill="url(#l)"/>'
        f'<circle cx="300" cy="388" r="122" fill="none" stroke="{pack.ink}" stroke-opacity=".4"/>'
        f"{pack.block(370, 196)}{pack.words(pack.volume, 482, 12)}"
        f'<path fill="url(#g)" d="{rounded(150, 526, 300, 80, 6, 6, 14, 14)}"/>'
        '<path fill="#fff" opacity=".25" d="M156 530h288v4H156z"/>'
        '<path fill="#000" opacity=".22" d="M150 548h300v3H150z"/>'
    )
    metal = gradient("m", [(0, pack.body[1], None), (1, pack.body[2], None)], is_upright=True)
    return body, gradient("g", cylinder(*pack.body)) + metal + gradient("l", GLARE), 176


def sachet(pack: Pack) -> Drawing:
    """A flat pouch with crimped ends and a tear notch."""
    body = (
        '<path fill="url(#g)" d="M186 224h228l-5 24q9 170 0 334l5 24H186l5-24q-9-170 0-334z"/>'
        '<path fill="#fff" opacity=".16" d="M186 224h228l-5 24H191zM191 582h218l5 24H186z"/>'
        f'<path stroke="#000" stroke-opacity=".12" d="{_crimp(229)}{_crimp(587)}"/>'
        '<path fill="#000" opacity=".25" d="M414 262l-12 5l12 5z"/>'
        '<path fill="#fff" opacity=".14" d="M204 256q26 150 4 318h22q20-168-6-318z"/>'
        f"{pack.block(364, 180)}{pack.words(pack.volume, 556, 13)}"
    )
    stops = [
        (0.0, pack.body[2], None),
        (0.1, pack.body[0], None),
        (0.35, pack.body[1], None),
        (0.7, pack.body[0], None),
        (1.0, pack.body[2], None),
    ]
    return body, gradient("g", stops), 118


def _inside(pack: Pack, x: float, top: float, w: float) -> str:
    if not pack.liquid:
        return ""
    return (
        f'<path fill="{pack.liquid}" opacity=".6" '
        f'd="{rounded(x + 8, top, w - 16, FLOOR - top - 12, 0, 0, 9, 9)}"/>'
        f'<path stroke="#fff" stroke-opacity=".6" stroke-width="2" d="M{x + 8} {top}h{w - 16}"/>'
    )


def _crimp(y: float) -> str:
    return "".join(f"M192 {y + step * 4}h216" for step in range(4))


ALL_SHAPES = SHAPES | {
    "nozzle": nozzle,
    "flask": flask,
    "atomizer": atomizer,
    "tin": tin,
    "sachet": sachet,
}
