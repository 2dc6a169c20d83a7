"""Which places differ between two pictures of one page? Told in pixels, connected by lines."""

from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageChops

from shop.certificates.reader.limits import Limits

DELTA = 40  # steps of grey, of 255: less is the edge of a letter, drawn a hair elsewhere
FAINT = 12  # seen by nobody at once, and yet no accident where the words differ too
MOST_PIXELS = 20  # differing ones on a page that are still the same page
_CELL = 4  # pixels; what differs is connected from cell to cell
_ALONG, _ACROSS = 3, 1  # cells between which a line is still one place
_MOST_PLACES = 40

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """A connected place, in pixels, and how many of them differ."""

    box: Box
    pixels: int
    faint: int


def draw(page: pypdfium2.PdfPage, limits: Limits, *, with_notes: bool = True) -> Image.Image:
    """The page in grey at 72 dots per inch, with or without annotations and form fields."""
    scale = min(1.0, limits.longest_side / max(*page.get_size(), 1.0))
    bitmap = page.render(
        scale=scale, may_draw_forms=with_notes, draw_annots=with_notes, grayscale=True
    )
    picture: Image.Image = bitmap.to_pil()
    return picture


def spots(before: Image.Image, after: Image.Image) -> list[Spot]:
    """The places that differ, at most a few dozen; pictures of other sizes differ as a whole."""
    if before.size != after.size:
        whole = (0, 0, after.width, after.height)
        return [Spot(whole, after.width * after.height, after.width * after.height)]
    difference = ImageChops.difference(before, after)
    if difference.getbbox() is None:
        return []
    faint = difference.point(lambda value: 255 if value > FAINT else 0)
    found = [_spot(difference, faint, box) for box in _connected(faint)]
    return sorted(found, key=lambda spot: -spot.faint)[:_MOST_PLACES]


def lightened(before: Image.Image, after: Image.Image, box: Box) -> int:
    """How many pixels within the box are lighter now: what was printed there went away."""
    counts = ImageChops.subtract(after.crop(box), before.crop(box)).histogram()
    return sum(counts[DELTA + 1 :])


def thousandths(box: Box, picture: Image.Image) -> Box:
    """A box in pixels as thousandths of the page."""
    across, down = 1000 / max(picture.width, 1), 1000 / max(picture.height, 1)
    left, top, right, bottom = box
    return (
        max(0, int(left * across)),
        max(0, int(top * down)),
        min(1000, -int(-right * across // 1)),
        min(1000, -int(-bottom * down // 1)),
    )


def pixels(box: Box, picture: Image.Image) -> tuple[float, float, float, float]:
    """A box in thousandths of the page as pixels of its picture."""
    across, down = picture.width / 1000, picture.height / 1000
    return box[0] * across, box[1] * down, box[2] * across, box[3] * down


def _spot(difference: Image.Image, faint: Image.Image, cells: Box) -> Spot:
    left, top, right, bottom = (side * _CELL for side in cells)
    area = (left, top, min(right, faint.width), min(bottom, faint.height))
    inner = faint.crop(area).getbbox() or (0, 0, area[2] - left, area[3] - top)
    box = (left + inner[0], top + inner[1], left + inner[2], top + inner[3])
    counts = difference.crop(box).histogram()
    return Spot(box, sum(counts[DELTA + 1 :]), sum(counts[FAINT + 1 :]))


def _connected(mask: Image.Image) -> list[Box]:
    """Boxes, in cells, around what is connected in the mask."""
    small = mask.reduce(_CELL)
    width = small.width
    waiting = {(place % width, place // width) for place, v in enumerate(small.tobytes()) if v}
    boxes = []
    while waiting:
        left, top = right, bottom = start = waiting.pop()
        edge = [start]
        while edge:
            x, y = edge.pop()
            left, right = min(left, x), max(right, x)
            top, bottom = min(top, y), max(bottom, y)
            near = {
                (x + dx, y + dy)
                for dx in range(-_ALONG, _ALONG + 1)
                for dy in range(-_ACROSS, _ACROSS + 1)
            } & waiting
            waiting -= near
            edge += near
        boxes.append((left, top, right + 1, bottom + 1))
    return boxes
