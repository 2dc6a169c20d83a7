"""How do two places on a page stand to one another? All in points of the page as it is shown."""

from collections.abc import Iterable

import pypdfium2
from PIL import Image

from shop.assay.certificates.boxes import Box
from shop.certificates.reader.painting import Rect

_COVERED = 0.7  # of a box lies under the shape


def is_beside(one: Rect, other: Rect) -> bool:
    height = max(one[3] - one[1], other[3] - other[1], 1.0)
    is_level = abs(one[1] + one[3] - other[1] - other[3]) < height
    return is_level and max(one[0], other[0]) - min(one[2], other[2]) < 2 * height


def is_under(box: Rect, shape: Rect, *, share: float = _COVERED) -> bool:
    size = (box[2] - box[0]) * (box[3] - box[1])
    return size > 0 and shared(box, shape) >= share * size


def is_within(box: Rect, other: Rect) -> bool:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] - 1 <= across <= other[2] + 1 and other[1] - 1 <= down <= other[3] + 1


def shared(one: Rect, other: Rect) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0


def around(boxes: Iterable[Rect]) -> Rect:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def pixels(box: Rect, picture: Image.Image) -> Box | None:
    """The box on a picture of a dot per point; None where nothing of it is on the page."""
    left, top = max(0, int(box[0])), max(0, int(box[1]))
    right, bottom = min(picture.width, int(box[2]) + 1), min(picture.height, int(box[3]) + 1)
    return (left, top, right, bottom) if right > left and bottom > top else None


def thousandths(box: Rect, page: pypdfium2.PdfPage) -> Box:
    width, height = page.get_size()
    sides = (box[0] / width, box[1] / height, box[2] / width, box[3] / height)
    left, top, right, bottom = (max(0, min(1000, round(1000 * side))) for side in sides)
    return left, top, right, bottom
