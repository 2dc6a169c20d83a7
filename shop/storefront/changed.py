"""What did a file show before it was changed? Told to shoppers where its pages are open to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from shop.assay.certificates.inside import Change, ChangeKind
from shop.certificates import service as certificates
from shop.certificates.models import Certificate, CertificatePage
from shop.certificates.reader import wire_inside
from shop.storefront.reports import PAGE_WIDTH, page_height

_FRAMED = frozenset({ChangeKind.CONTENT, ChangeKind.COVER, ChangeKind.NOTE})


@dataclass(frozen=True, slots=True)
class Frame:
    """A changed place on a page that is drawn PAGE_WIDTH wide."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A page before and now; a side without a picture is None. `words` are (before, now)."""

    number: int
    revision: int
    before: CertificatePage | None
    now: CertificatePage | None
    height: int
    frames: Sequence[Frame]
    words: Sequence[tuple[str, str]]


def changed_pages(certificate: Certificate, pages: Sequence[CertificatePage]) -> list[ChangedPage]:
    """The pages that an earlier revision in the file shows otherwise, in order."""
    changes = wire_inside.inside(certificate.inside).history.changes
    if not changes:
        return []
    earlier = {
        (page.number, page.revision): page for page in certificates.earlier_pages_of(certificate.id)
    }
    now = {page.number: page for page in pages}
    places = dict.fromkeys((change.page, change.revision) for change in changes)
    return [
        _changed(
            [each for each in changes if (each.page, each.revision) == (number, revision)],
            earlier.get((number, revision)),
            now.get(number),
        )
        for number, revision in sorted(places)
    ]


def _changed(
    changes: Sequence[Change], before: CertificatePage | None, now: CertificatePage | None
) -> ChangedPage:
    drawn = now or before
    height = page_height(drawn) if drawn is not None else 0
    return ChangedPage(
        number=changes[0].page,
        revision=changes[0].revision,
        before=before,
        now=now,
        height=height,
        frames=[_frame(each, height) for each in changes if each.kind in _FRAMED],
        words=[(each.before, each.after) for each in changes if each.before or each.after],
    )


def _frame(change: Change, height: int) -> Frame:
    left, top, right, bottom = (side / 1000 for side in change.box)
    return Frame(
        x=round(left * PAGE_WIDTH - 2, 1),
        y=round(top * height - 2, 1),
        width=round((right - left) * PAGE_WIDTH + 4, 1),
        height=round((bottom - top) * height + 4, 1),
    )
