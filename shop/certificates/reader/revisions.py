"""What did the file show before it was changed, as far as it still carries that?

Every earlier revision that opens by itself is drawn beside the file as it is. Where the pictures
differ is what somebody changed after the export; its mere having several ends says nothing.
"""

import ctypes
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace

import pikepdf
import pypdfium2

from shop.assay.certificates.inside import Change, ChangeKind, History, Look
from shop.certificates.reader import appended, differences, endings, pages, structure
from shop.certificates.reader.cleaning import clean
from shop.certificates.reader.endings import Ending
from shop.certificates.reader.pairing import Pair, pairs
from shop.certificates.reader.sight import Sight
from shop.certificates.reader.wire import Preview, preview_name

# Of more revisions the first is looked at, as it was exported, and the last ones.
_MOST_REVISIONS = 40
_MOST_PREVIEWS = 12
_MOST_CHANGES = 100
_CPU_SECONDS = 8.0  # of the twenty that a document has
_LONGEST, _LONGEST_PAGE = 300, 100_000
_WHOLE = (0, 0, 1000, 1000)
# What the libraries raise on a file that is not what it seems.
BROKEN = (
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    pypdfium2.PdfiumError,
    ctypes.ArgumentError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    RecursionError,
)


@dataclass(slots=True)
class _Past:
    """What has been found of the file's past."""

    sight: Sight
    stop: float  # of the processor's clock
    is_appended: bool = False
    revisions: int = 0
    changes: list[Change] = field(default_factory=list)
    pictured: set[tuple[int, int]] = field(default_factory=set)  # pages and revisions

    def is_over(self) -> bool:
        """Whether the time is up, which is then on record."""
        late = time.process_time() > self.stop or time.monotonic() > self.sight.deadline
        if late or len(self.changes) >= _MOST_CHANGES:
            self.cut_short()
            return True
        return False

    def cut_short(self) -> None:
        self.sight.unfinished.add(Look.HISTORY)


def examine(sight: Sight) -> History:
    """The file's earlier revisions, and what each shows otherwise.

    Adds the pictures of earlier pages to the previews. A look that was cut short is noted.
    """
    ends = endings.earlier(sight.content)
    if not ends:
        return History()
    past = _Past(sight, time.process_time() + _CPU_SECONDS)
    try:
        kept = _kept(past, ends)
        past.revisions = len(kept)
        with closing(_drawable(sight.content)) as now:
            _look_back(past, kept, now)
    except BROKEN:
        past.cut_short()
    return History(past.revisions, past.is_appended, tuple(past.changes[:_MOST_CHANGES]))


def _look_back(past: _Past, kept: list[Ending], now: pypdfium2.PdfDocument) -> None:
    for number, end in enumerate(kept, 1):
        if past.is_over():
            return
        content = end.revision(past.sight.content)
        with _opened(past, content) as then:
            if then is not None:
                _draw_beside(past, number, content, then, now)


def _kept(past: _Past, ends: list[Ending]) -> list[Ending]:
    """The earlier revisions that open and after which something came, the oldest first.

    Notes on the way whether what came was more than a signature.
    """
    content = past.sight.content
    if len(ends) > _MOST_REVISIONS:
        ends = [ends[0], *ends[1 - _MOST_REVISIONS :]]
        past.cut_short()
    kept: list[Ending] = []
    following, border = past.sight.pdf, len(content)
    for end in reversed(ends):
        if past.is_over():
            break
        revision = end.revision(content)
        opened = _open(past, revision)
        if opened is None:
            continue
        if endings.has_objects(content, end.end, border):
            kept.append(end)
            past.is_appended |= _is_more_than_signing(opened, following)
        elif _looks_otherwise(past, revision, content[:border]):
            kept.append(end)
            past.is_appended = True
        following, border = opened, end.end
    return kept[::-1]


def _is_more_than_signing(old: pikepdf.Pdf, new: pikepdf.Pdf) -> bool:
    changed = appended.differing(old, new)
    if changed is None:
        return True
    return bool(changed) and not appended.is_signing(old, new, changed)


def _looks_otherwise(past: _Past, one: bytes, next_one: bytes) -> bool:
    """Whether a second table alone, without any object, makes the pages look otherwise."""
    with closing(_drawable(one)) as then, closing(_drawable(next_one)) as now:
        return len(then) != len(now) or any(
            not differences.is_same(then[place], now[place], past.sight.limits)
            for place in range(len(now))
            if not past.is_over()
        )


def _open(past: _Past, revision: bytes) -> pikepdf.Pdf | None:
    """Its objects, if it opens by itself; one that is too large to is noted."""
    limits = past.sight.limits
    try:
        pdf = structure.open_whole(revision, limits)
        structure.refuse_bombs(pdf, limits)
    except structure.Refusal as refusal:
        if "limit" in refusal.problem.code:
            past.cut_short()
        return None
    return pdf


def _drawable(content: bytes) -> pypdfium2.PdfDocument:
    """The pages as a viewer draws them, with the values of form fields."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    return document


@contextmanager
def _opened(past: _Past, revision: bytes) -> Iterator[pypdfium2.PdfDocument | None]:
    try:
        document = _drawable(revision)
    except pypdfium2.PdfiumError:
        past.cut_short()
        yield None
        return
    with closing(document):
        yield document


def _draw_beside(
    past: _Past,
    number: int,
    revision: bytes,
    then: pypdfium2.PdfDocument,
    now: pypdfium2.PdfDocument,
) -> None:
    """Compare every page of the revision with the one that it is now."""
    with structure.open_whole(revision, past.sight.limits) as pdf:
        paired = pairs(_ids(pdf), _ids(past.sight.pdf))
    for pair in paired:
        if past.is_over():
            return
        found = list(_pair_changes(past, pair, number, then, now))
        fresh = [change for change in found if not _is_known(past, change)]
        past.changes += fresh
        if fresh and pair.before is not None:
            _keep_picture(past, then, pair.before, fresh[0].page, number)


def _pair_changes(
    past: _Past,
    pair: Pair,
    number: int,
    then: pypdfium2.PdfDocument,
    now: pypdfium2.PdfDocument,
) -> Iterator[Change]:
    if pair.before is None or pair.after is None:
        kind = ChangeKind.ADDED if pair.before is None else ChangeKind.REMOVED
        document, place = (now, pair.after) if pair.before is None else (then, pair.before)
        words = _text(past, document, place or 0)[:_LONGEST]
        texts = ("", words) if kind is ChangeKind.ADDED else (words, "")
        yield Change((place or 0) + 1, _WHOLE, *texts, number, kind)
        return
    page, limits = pair.after + 1, past.sight.limits
    if pair.is_moved:
        yield Change(page, _WHOLE, str(pair.before + 1), str(page), number, ChangeKind.MOVED)
    before, after = then[pair.before], now[pair.after]
    if differences.is_same(before, after, limits):
        return
    present = differences.side(now, after, limits)
    seen = clean(present.words, past.sight.oddities, page)
    yield from differences.changes(
        differences.side(then, before, limits),
        replace(present, words=seen),
        page=page,
        revision=number,
    )


def _is_known(past: _Past, change: Change) -> bool:
    """Whether an older revision showed the same there: it is boxed once."""
    place = (change.page, change.box, change.before, change.kind)
    return any(place == (old.page, old.box, old.before, old.kind) for old in past.changes)


def _keep_picture(
    past: _Past, then: pypdfium2.PdfDocument, place: int, number: int, revision: int
) -> None:
    """The earlier page as a preview, as large as that of the page as it is."""
    if len(past.pictured) >= _MOST_PREVIEWS or (number, revision) in past.pictured:
        return
    past.pictured.add((number, revision))
    sight = past.sight
    picture = pages.render(then[place], dots_per_inch=None, limits=sight.limits)
    size = next(
        ((page.width, page.height) for page in sight.previews if page.number == number),
        picture.size,
    )
    if picture.size != size:
        picture = picture.resize(size)
    pages.save_preview(picture, sight.folder / preview_name(number, revision))
    text = _text(past, then, place)
    sight.previews.append(Preview(number, *size, text, revision=revision))


def _text(past: _Past, document: pypdfium2.PdfDocument, place: int) -> str:
    words = pages.read_words(document[place], place + 1, past.sight.limits).words
    return " ".join(word.text for word in words)[:_LONGEST_PAGE]


def _ids(pdf: pikepdf.Pdf) -> list[tuple[int, int]]:
    return [(page.obj.objgen[0], page.obj.objgen[1]) for page in pdf.pages]
