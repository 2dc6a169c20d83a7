"""Draw the demo's pack shots: shop/demo/data/art/<product>.svg, from the products' own data.

Only somebody who changes a pack runs this; the drawings are committed. It needs fontTools with
brotli, and the typefaces from npm (OFL, named in packart/ink.py):

    npm i @fontsource-variable/{newsreader,figtree,jost} @fontsource/cormorant-garamond
    PYTHONPATH=. python scripts/build_art.py node_modules
"""

import sys
from pathlib import Path

from packart.ink import Face, faces
from packart.more_shapes import ALL_SHAPES
from packart.scenes import picture
from packart.shapes import Pack

from shop.demo.catalog import DATA, DemoBrand, DemoProduct, brands

LARGEST = 12_000


def main(modules: Path) -> None:
    """Draw every pack, and say how large each came out."""
    typefaces = faces(modules)
    folder = DATA / "art"
    folder.mkdir(exist_ok=True)
    for brand in brands():
        for product in brand.products:
            if not product.picture:
                continue
            drawing = draw(brand, product, typefaces)
            (folder / f"{product.slug}.svg").write_text(drawing)
            warning = "  TOO LARGE" if len(drawing) > LARGEST else ""
            print(f"{len(drawing):6} {product.slug}{warning}")


def draw(brand: DemoBrand, product: DemoProduct, typefaces: dict[str, Face]) -> str:
    """One pack: the brand's colors, with what the product changes about them."""
    paint = {**brand.paint, **product.picture}
    pack = Pack(
        faces=typefaces,
        body=paint["body"],
        cap=paint["cap"],
        label=paint["label"],
        ink=paint["ink"],
        liquid=paint.get("liquid", ""),
        has_patch=paint.get("patch", False),
        brand=brand.wordmark.get("text", brand.name),
        brand_face=brand.wordmark["font"],
        brand_size=brand.wordmark["size"],
        brand_track=brand.wordmark.get("track", 0),
        lines=product.picture["lines"],
        volume=product.sizes[0].size,
    )
    body, defs, spread = ALL_SHAPES[product.picture["shape"]](pack)
    return picture(paint, paint.get("prop", "plain"), body, defs, spread)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
