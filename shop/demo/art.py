"""What does a demo product look like? Pack shots that scripts/build_art.py drew."""

from dataclasses import dataclass

from shop.demo.catalog import DATA, DemoProduct

CONTENT_TYPE = "image/svg+xml"
WIDTH, HEIGHT = 480, 600


@dataclass(frozen=True, slots=True)
class PackShot:
    """One picture with the words for those who do not see it."""

    content: bytes
    alt: str


def pack_shot(product: DemoProduct) -> PackShot | None:
    """The picture of a product; None for one that nobody has shown us."""
    if not product.picture:
        return None
    content = (DATA / "art" / f"{product.slug}.svg").read_bytes()
    return PackShot(content, product.picture["alt"])
