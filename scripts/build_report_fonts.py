"""Cut the typefaces of the demo's laboratory reports down to small TrueType files.

reportlab embeds TrueType only. Run by hand, with fontTools and brotli, after
`npm i @fontsource-variable/{newsreader,figtree,jetbrains-mono}`:

    PYTHONPATH=. python scripts/build_report_fonts.py node_modules
"""

import sys
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from shop.demo.catalog import DATA

LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x2013, 0x2014, 0x2019]
AT_MOST = 0x2264
CUTS = {
    "figtree-regular": ("figtree/files/figtree-latin-wght-normal.woff2", {"wght": 400}),
    "figtree-bold": ("figtree/files/figtree-latin-wght-normal.woff2", {"wght": 700}),
    "newsreader-regular": (
        "newsreader/files/newsreader-latin-opsz-normal.woff2",
        {"opsz": 12, "wght": 400},
    ),
    "newsreader-italic": (
        "newsreader/files/newsreader-latin-opsz-italic.woff2",
        {"opsz": 36, "wght": 400},
    ),
    "mono-regular": ("jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2", {"wght": 400}),
}


def main(modules: Path) -> None:
    """Write every cut, and say how large it is."""
    folder = DATA / "fonts"
    folder.mkdir(exist_ok=True)
    for name, (source, axes) in CUTS.items():
        content = cut(modules / "@fontsource-variable" / source, axes, name)
        (folder / f"{name}.ttf").write_bytes(content)
        print(f"{len(content):6} {name}")


def cut(path: Path, axes: dict[str, float], name: str) -> bytes:
    """One weight, with the letters that a report uses."""
    font = instancer.instantiateVariableFont(TTFont(path), axes)
    font.flavor = None
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    _add_at_most(font)
    for name_id in (1, 4, 6):  # two cuts of one name would be taken for one font
        font["name"].setName(name, name_id, 3, 1, 0x409)
    buffer = BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def _add_at_most(font: TTFont) -> None:
    """These cuts lack the sign for "at most": it is their own "<" with a bar below."""
    glyphs = font.getGlyphSet()
    source = glyphs[font.getBestCmap()[ord("<")]]
    unit = font["head"].unitsPerEm
    pen = TTGlyphPen(glyphs)
    source.draw(TransformPen(pen, (1, 0, 0, 1, 0, 0.08 * unit)))
    left, right, height = 0.08 * unit, source.width - 0.08 * unit, 0.065 * unit
    pen.moveTo((left, 0))
    for corner in ((left, height), (right, height), (right, 0)):
        pen.lineTo(corner)
    pen.closePath()
    name = "lessequal"
    font["glyf"][name] = pen.glyph()
    font["hmtx"][name] = (source.width, round(left))
    for table in font["cmap"].tables:
        table.cmap[AT_MOST] = name


if __name__ == "__main__":
    main(Path(sys.argv[1]))
