"""How are pages drawn, with a frame around each place that is spoken of, and parts cut out?

Everything is in units of a page that is drawn 595 wide, whatever its preview's pixels.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from shop.certificates.models import CertificatePage

_WIDTH = 595
_LABEL = 12
_GAP = 5
# Around what is cut out, so that one sees where it stands.
_ASIDE, _ABOVE = 48, 16
_CUT_WIDTH, _CUT_HEIGHT = 260, 56
_MOST_CUT = 0.4  # of the page's height: a larger cut shows no more than the page


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame around a place. `key` is its id on the page, `label` may be empty."""

    key: str
    label: str
    x: float
    y: float
    width: float
    height: float
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a page: what the picture's viewBox shows, and the frame in it."""

    page: int
    revision: int
    view_box: str
    width: int  # of the drawn page
    height: int
    frame: Frame


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it is, or as an earlier revision in the file shows it.

    `frames` are always seen (the values that were read), `places` when they are chosen.
    """

    number: int
    revision: int
    width: int
    height: int
    frames: Sequence[Frame] = ()
    places: Sequence[Frame] = ()

    def with_frames(self, frames: Iterable[Frame], places: Iterable[Frame] = ()) -> "Sheet":
        return replace(self, frames=list(frames), places=list(places))


def sheet(page: CertificatePage) -> Sheet:
    """The page without frames."""
    height = round(_WIDTH * page.height / page.width) if page.width else _WIDTH
    return Sheet(page.number, page.revision, _WIDTH, max(height, 1))


def frame(of: Sheet, key: str, label: str, box: Sequence[int]) -> Frame:
    """A frame a little larger than the words, its label behind them, or before at the margin."""
    left, top, right, bottom = box
    x, y = left * of.width / 1000, top * of.height / 1000
    width, tall = (right - left) * of.width / 1000, (bottom - top) * of.height / 1000
    is_at_edge = x + width + _GAP + _LABEL > of.width
    beside = max(x - _LABEL - _GAP, 0) if is_at_edge else x + width + _GAP
    return Frame(
        key=key,
        label=label,
        x=round(x - 3, 1),
        y=round(y - 2, 1),
        width=round(width + 6, 1),
        height=round(tall + 4, 1),
        label_x=round(beside, 1),
        label_y=round(y + tall / 2 - _LABEL / 2, 1),
    )


def cut(of: Sheet, around: Frame) -> Cut | None:
    """The part of the page around a frame; None where that would be most of the page."""
    width = min(max(around.width + 2 * _ASIDE, _CUT_WIDTH), of.width)
    height = min(max(around.height + 2 * _ABOVE, _CUT_HEIGHT), of.height)
    if height > _MOST_CUT * of.height:
        return None
    x = _within(around.x + around.width / 2 - width / 2, width, of.width)
    y = _within(around.y + around.height / 2 - height / 2, height, of.height)
    view_box = f"{x:.1f} {y:.1f} {width:.1f} {height:.1f}"
    return Cut(of.number, of.revision, view_box, of.width, of.height, around)


def _within(start: float, length: float, whole: float) -> float:
    return max(0.0, min(start, whole - length))
