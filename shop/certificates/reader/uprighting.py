"""How must the picture of a page be turned so that its lines run level?"""

from collections.abc import Sequence
from itertools import pairwise

from PIL import Image, ImageChops

_SMALL = 600  # pixels across, enough to see lines and not letters
_COARSE = tuple(range(-5, 6))  # degrees
_FINE = (-0.6, -0.4, -0.2, 0.2, 0.4, 0.6)
_WORTH = 0.25  # degrees: less does not disturb reading
_SIDEWAYS = 1.6  # times as much as across must lines stand out downwards


def is_sideways(picture: Image.Image) -> bool:
    """Whether the lines of text run down the picture rather than across it."""
    small = _ink(picture)
    return _evenness(small.rotate(90, expand=True)) > _SIDEWAYS * _evenness(small)


def level(picture: Image.Image) -> Image.Image:
    """The picture turned by the few degrees that make its lines level."""
    small = _ink(picture)
    angle = _best(small, 0.0, _COARSE)
    angle = _best(small, angle, (0.0, *_FINE))
    if abs(angle) < _WORTH:
        return picture
    return picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)


def _best(small: Image.Image, middle: float, steps: Sequence[float]) -> float:
    """The angle around the middle one at which the lines stand out most."""
    return max(
        (middle + step for step in steps),
        key=lambda angle: (
            _evenness(small.rotate(angle, Image.Resampling.BILINEAR)) - abs(angle) / 1000
        ),
    )


def _ink(picture: Image.Image) -> Image.Image:
    """A small picture of the ink, white on black."""
    grey = picture.convert("L")
    height = max(1, round(grey.height * _SMALL / grey.width))
    return ImageChops.invert(grey.resize((_SMALL, height), Image.Resampling.BOX))


def _evenness(small: Image.Image) -> float:
    """How sharply full rows and empty rows of the picture follow one another."""
    rows = small.resize((1, small.height), Image.Resampling.BOX).tobytes()
    return sum((one - other) ** 2 for one, other in pairwise(rows)) / max(1, len(rows))
