"""What did the file show before it was changed, side by side with what it shows now?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shop.assay.certificates.inside import Change, ChangeKind
from shop.staff.document import sheets
from shop.staff.document.sheets import Cut, Sheet

_KINDS = {
    ChangeKind.CONTENT: "Shows something else",
    ChangeKind.COVER: "A note or form field lies over it",
    ChangeKind.NOTE: "A note or form field was added",
    ChangeKind.ADDED: "The page was added",
    ChangeKind.REMOVED: "The page was taken out",
    ChangeKind.MOVED: "The page stood at another place",
}
_WHOLE_PAGE = {ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MOVED}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One changed place. `label` is its number in both pictures; empty for a whole page."""

    label: str
    what: str
    before: str
    now: str
    before_cut: Cut | None
    now_cut: Cut | None


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A page before and now, with the changed places framed; a side without picture is None."""

    number: int
    revision: int
    before: Sheet | None
    now: Sheet | None
    rows: Sequence[ChangeRow]


def pages(
    changes: Iterable[Change],
    now: Mapping[int, Sheet],
    earlier: Mapping[tuple[int, int], Sheet],
) -> list[ChangedPage]:
    """By page, then by the earlier revision. `earlier` is keyed by revision and page."""
    by_page: dict[tuple[int, int, bool], list[Change]] = {}
    for change in changes:
        is_gone = change.kind is ChangeKind.REMOVED
        by_page.setdefault((change.page, change.revision, is_gone), []).append(change)
    return [
        _changed(
            found,
            None if found[0].kind is ChangeKind.ADDED else earlier.get((revision, number)),
            None if is_gone else now.get(number),
        )
        for (number, revision, is_gone), found in sorted(by_page.items())
    ]


def _changed(changes: Sequence[Change], before: Sheet | None, now: Sheet | None) -> ChangedPage:
    whole = [each for each in changes if each.kind in _WHOLE_PAGE]
    places = [each for each in changes if each.kind not in _WHOLE_PAGE]
    before, now = _framed(before, "before", places), _framed(now, "now", places)
    rows = [ChangeRow("", _KINDS[each.kind], each.before, each.after, None, None) for each in whole]
    rows += [
        ChangeRow(
            label=str(place + 1),
            what=_KINDS[each.kind],
            before=each.before,
            now=each.after,
            before_cut=_cut(before, place),
            now_cut=_cut(now, place),
        )
        for place, each in enumerate(places)
    ]
    return ChangedPage(changes[0].page, changes[0].revision, before, now, rows)


def _cut(sheet: Sheet | None, place: int) -> Cut | None:
    return None if sheet is None else sheets.cut(sheet, sheet.frames[place])


def _framed(sheet: Sheet | None, side: str, places: Sequence[Change]) -> Sheet | None:
    if sheet is None:
        return None
    return sheet.with_frames(
        sheets.frame(sheet, f"{side}-{each.page}-{each.revision}-{number}", str(number), each.box)
        for number, each in enumerate(places, 1)
    )
