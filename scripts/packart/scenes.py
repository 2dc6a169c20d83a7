"""Where does a pack stand? Light, floor, shadow, and the one prop of each brand."""

from collections.abc import Iterable

FLOOR = 606
Stop = tuple[float, str, float | None]


def gradient(name: str, stops: Iterable[Stop], *, is_upright: bool = False) -> str:
    """A linear gradient, across unless upright."""
    direction = 'x2="0" y2="1"' if is_upright else 'x2="1" y2="0"'
    inner = "".join(
        f'<stop offset="{at:g}" stop-color="{color}"'
        + ("/>" if opacity is None else f' stop-opacity="{opacity:g}"/>')
        for at, color, opacity in stops
    )
    return f'<linearGradient id="{name}" {direction}>{inner}</linearGradient>'


def cylinder(base: str, light: str, dark: str) -> list[Stop]:
    """Round: a soft key from the left, and a bounce on the right."""
    return [
        (0, dark, None),
        (0.12, base, None),
        (0.3, light, None),
        (0.55, base, None),
        (0.88, dark, None),
        (1, base, None),
    ]


def rounded(x: float, y: float, w: float, h: float, *radii: float) -> str:
    """Path of a rectangle; radii as in CSS: one for all, or four from the top left."""
    a, b, c, d = radii if len(radii) == 4 else radii * 4  # noqa: PLR2004 - four corners
    return (
        f"M{x + a:g} {y:g}h{w - a - b:g}q{b:g} 0 {b:g} {b:g}v{h - b - c:g}q0 {c:g} {-c:g} {c:g}"
        f"h{c + d - w:g}q{-d:g} 0 {-d:g} {-d:g}v{a + d - h:g}q0 {-a:g} {a:g} {-a:g}z"
    )


def picture(paint: dict[str, str], prop: str, body: str, defs: str, spread: float) -> str:
    """The whole SVG."""
    light, shade = paint["scene"]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="60 64 480 600" width="480" height="600">'
        f'<defs>{defs}<radialGradient id="b" cx=".4" cy=".32" r=".95">'
        f'<stop offset="0" stop-color="{light}"/><stop offset="1" stop-color="{shade}"/>'
        "</radialGradient>"
        f'<radialGradient id="s">{_dark(0, 0.36)}{_dark(0.55, 0.12)}{_dark(1, 0)}</radialGradient>'
        f'<radialGradient id="t">{_dark(0.5, 0.55)}{_dark(1, 0)}</radialGradient>'
        f"{gradient('f', [(0, '#fff', 0.2), (1, '#fff', 0)], is_upright=True)}</defs>"
        '<path fill="url(#b)" d="M60 64h480v600H60z"/>'
        f"{PROPS[prop].replace('SHADE', shade).replace('LIGHT', light)}"
        f'<ellipse cx="338" cy="{FLOOR + 3}" rx="{spread + 84:g}" ry="32" fill="url(#s)"/>'
        f'<ellipse cx="304" cy="{FLOOR - 1}" rx="{spread + 2:g}" ry="11" fill="url(#t)"/>'
        f"{body}</svg>"
    )


def _dark(at: float, opacity: float) -> str:
    return f'<stop offset="{at:g}" stop-color="#1b2320" stop-opacity="{opacity:g}"/>'


def _sprig() -> str:
    """The shadow that a branch outside the picture throws on the wall."""
    leaves = []
    for step in range(9):
        x, y = 548 - step * 23, 70 + step * 27
        turn = -62 if step % 2 else 14
        leaves.append(
            f'<path transform="translate({x} {y})rotate({turn})" '
            f'd="M0 0q26-{30 - step} {74 - 3 * step} 0q-{48 - 3 * step} {28 - step}-'
            f'{74 - 3 * step} 0z"/>'
        )
    stem = '<path d="M556 58q-86 132-208 246" fill="none" stroke="#20302a" stroke-width="3"/>'
    return f'<g fill="#20302a" opacity=".075">{"".join(leaves)}{stem}</g>'


_FLOORLINE = '<path fill="url(#f)" d="M60 548h480v116H60z"/>'
PROPS = {
    "plain": _FLOORLINE,
    "sprig": _FLOORLINE + _sprig(),
    "arch": (
        '<path fill="SHADE" d="M128 664V300a172 172 0 0 1 344 0v364z"/>'
        '<path fill="#3a1a08" opacity=".1" d="M128 664V300a172 172 0 0 1 172-172'
        'a172 172 0 0 0-150 172v364z"/>'
        '<path fill="url(#f)" d="M60 576h480v88H60z"/>'
    ),
    "disc": ('<circle cx="352" cy="300" r="186" fill="#fff" opacity=".32"/>' + _FLOORLINE),
    "plinth": (
        '<path fill="LIGHT" d="M92 598l40-26h336l40 26z"/>'
        '<path fill="SHADE" d="M92 598h416v66H92z"/>'
        '<path fill="#fff" opacity=".22" d="M92 598h416v5H92z"/>'
    ),
    "window": (
        '<path fill="#fff" opacity=".2" d="M60 172l156-108h84L60 232zM60 262L346 64h84L60 322z'
        'M60 352L476 64h64v16L60 412z"/>' + _FLOORLINE
    ),
    "tide": (
        '<path fill="#f5ead6" opacity=".75" d="M60 556q90-26 190-10t290-22v140H60z"/>'
        '<path fill="none" stroke="#fff" stroke-opacity=".7" stroke-width="4" '
        'd="M60 553q90-26 190-10t290-22"/>'
    ),
    "dusk": (
        '<path fill="#fff" opacity=".42" d="M446 118a82 82 0 1 0 48 128a68 68 0 1 1-48-128z"/>'
        + _FLOORLINE
    ),
    "tiles": (
        '<path stroke="#fff" stroke-opacity=".42" stroke-width="2.5" fill="none" '
        'd="M60 144h480M60 260h480M60 376h480M60 492h480M126 64v512M242 64v512M358 64v512'
        'M474 64v512"/><path fill="LIGHT" d="M60 570h480v94H60z"/>'
        '<path fill="#fff" opacity=".5" d="M60 570h480v3H60z"/>'
    ),
    "veil": (
        '<path fill="#fff" opacity=".16" d="M60 64h118q-36 300 20 600H60z"/>'
        '<path fill="#fff" opacity=".13" d="M250 64h72q-58 300 0 600h-92q-40-300 20-600z'
        'M420 64h120v600h-92q-66-300-28-600z"/>' + _FLOORLINE
    ),
}
