"""Altered files with their past still inside, and honest ones that only look like it."""

import dataclasses
import io
import itertools
import re

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from shop.assay.certificates.inside import ChangeKind, History, Look
from shop.certificates.reader import appended, endings, revisions
from shop.certificates.reader.limits import DEFAULT
from shop.certificates.reader.wire import preview_name
from tests.certificates import documents
from tests.certificates.sights import read, sight
from tests.papers import forgeries, signing_pki, signing_tools
from tests.papers.tampering import Spot, add_note, append, paint, put


@pytest.fixture(scope="module")
def good():
    return documents.certificate()


@pytest.fixture(scope="module")
def long():
    return documents.certificate(pages=3)


def look(content, *, limits=DEFAULT):
    """The history, and whether all of it could be looked at."""
    with sight(content, limits=limits) as seen:
        return revisions.examine(seen), Look.HISTORY not in seen.unfinished


@pytest.mark.parametrize(
    "name", ["appended_by_hand", "appended_by_pypdf", "appended_by_pdfium", "appended_marks_wiped"]
)
def test_value_painted_over_by_any_tool_is_boxed_with_what_it_was(good, name):
    spot = Spot.of(good, "0.08")
    history, is_whole = look(forgeries.forge(name, good, value="0.08"))

    assert (history.revisions, history.is_appended, is_whole) == (1, True, True)
    (change,) = history.changes
    assert (change.page, change.revision, change.kind) == (1, 1, ChangeKind.CONTENT)
    assert change.before.split()[0] == "0.08"
    assert "0.01" in change.after.split()
    left, top, right, bottom = change.box
    assert left / 1000 * 595 == pytest.approx(spot.left, abs=4)
    assert top / 1000 * 842 == pytest.approx(842 - spot.top, abs=6)
    assert right > left
    assert 0 < bottom - top < 25


def test_value_exchanged_in_the_drawing_is_found(good):
    history, _ = look(forgeries.forge("appended_content", good, value="0.08", new="0.03"))

    (change,) = history.changes
    assert change.before.split()[0] == "0.08"
    assert change.after.split()[0] == "0.03"


def test_single_digit_in_small_print_is_found():
    # A 3 for an 8 in letters of five points differs in a few pixels only.
    def small(canvas):
        canvas.setFont("Helvetica", 5)
        canvas.drawString(60, 60, "Lead 0.08 mg/kg")

    content = documents.certificate(draw=small, rows=())
    history, _ = look(forgeries.forge("appended_content", content, value="0.08", new="0.03"))
    assert [(change.before, change.after) for change in history.changes] == [("0.08", "0.03")]


def test_earlier_page_is_kept_as_a_preview_of_the_same_size(good):
    content = forgeries.forge("appended_by_hand", good)
    with sight(content) as seen:
        revisions.examine(seen)
        (earlier,) = seen.previews
        picture = Image.open(seen.folder / preview_name(1, 1))
        picture.load()
    (first, second) = read(content).previews

    assert (earlier.number, earlier.revision) == (1, 1)
    assert (first.number, first.revision, second.number, second.revision) == (1, 0, 1, 1)
    assert (first.width, first.height) == (second.width, second.height) == picture.size
    assert "MO-2609-B" in earlier.text


def test_earlier_preview_of_another_size_is_made_alike(good):
    def crop(pdf):
        pdf.pages[0].obj["/MediaBox"] = Array([0, 200, 595, 842])

    reading = read(append(good, crop))
    now, then = reading.previews
    assert (now.width, now.height) == (then.width, then.height)
    assert reading.inside.history.changes[0].box == (0, 0, 1000, 1000)


@pytest.mark.parametrize("name", ["appended_by_hand", "appended_by_pypdf", "appended_by_pdfium"])
def test_words_of_now_are_those_that_are_seen(good, name):
    (change,) = read(forgeries.forge(name, good, value="0.08")).inside.history.changes
    assert "0.08" in change.before
    assert "0.08" not in change.after
    assert "0.01" in change.after


@pytest.mark.parametrize(
    ("name", "kind", "page"),
    [
        ("appended_page_removed", ChangeKind.REMOVED, 3),
        ("appended_page_added", ChangeKind.ADDED, 4),
        ("appended_pages_swapped", ChangeKind.MOVED, 1),
    ],
)
def test_pages_that_come_go_or_move_are_said(long, name, kind, page):
    history, _ = look(forgeries.forge(name, long))
    assert {change.kind for change in history.changes} == {kind}
    assert history.changes[0].page == page


def test_page_exchanged_for_another_is_compared_with_it(long):
    other = documents.certificate(head=(("Report number", "NM-26-99999"),), rows=())

    def exchange(pdf):
        with pikepdf.open(io.BytesIO(other)) as source:
            page = pdf.copy_foreign(source.pages[0].obj)
        page["/Parent"] = pdf.Root.Pages
        kids = list(pdf.Root.Pages.Kids)
        pdf.Root.Pages.Kids = Array([kids[0], pdf.make_indirect(page), kids[2]])

    history, _ = look(append(long, exchange))
    assert {(change.page, change.kind) for change in history.changes} == {(2, ChangeKind.CONTENT)}


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("as_it_is", 0),
        ("rewritten", 0),
        ("linearised", 0),
        ("packed", 0),
        ("office_hybrid", 0),
        ("metadata_appended", 1),
        ("field_appended", 1),
    ],
)
def test_honest_saves_show_no_change(good, name, count):
    history, is_whole = look(forgeries.keep(name, good))
    assert history.changes == ()
    assert (history.revisions, history.is_appended, is_whole) == (count, count > 0, True)


def test_linearised_file_with_something_appended_has_one_revision(good):
    content = forgeries.keep("linearised", good)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.is_linearized
    history, _ = look(append(content, lambda pdf: paint(pdf, "0 g 80 80 60 10 re f")))
    assert (history.revisions, len(history.changes)) == (1, 1)


def test_office_file_with_something_appended_has_one_revision(good):
    content = forgeries.keep("office_hybrid", good)
    history, _ = look(append(content, lambda pdf: paint(pdf, "0 g 80 80 60 10 re f")))
    assert (history.revisions, history.is_appended) == (1, True)
    assert [change.revision for change in history.changes] == [1]


def test_table_alone_that_makes_pages_look_otherwise_is_an_edit(good):
    """The altered page stands in the first part already; an empty update brings it forward."""
    altered = append(good, lambda pdf: paint(pdf, "0 g 80 80 60 10 re f"))
    body, table = altered[len(good) :], altered.rindex(b"xref\n", 0, altered.rindex(b"trailer"))
    objects = altered[len(good) : table]
    # What was appended is moved before the first end; the tables follow it.
    cut = good.rindex(b"xref\n", 0, good.rindex(b"trailer"))
    first = good[:cut] + objects + good[cut:]
    first = re.sub(rb"startxref\s+\d+", b"startxref\n%d" % (cut + len(objects)), first)
    rows = re.sub(
        rb"(\d{10}) (\d{5} n )",
        lambda row: b"%010d %s" % (int(row[1]) - len(good) + cut, row[2]),
        body[len(objects) :],
    )
    rows = re.sub(rb"/Prev \d+", b"/Prev %d" % (cut + len(objects)), rows)
    rows = re.sub(rb"startxref\s+\d+", b"startxref\n%d" % len(first), rows)
    content = first + rows

    assert not endings.has_objects(content, len(first), len(content))
    history, _ = look(content)
    assert (history.revisions, history.is_appended, len(history.changes)) == (1, True, 1)


def test_note_over_a_value_covers_it_and_beside_it_is_a_note(good):
    over, _ = look(forgeries.forge("appended_note", good, value="0.08"))
    beside, _ = look(
        append(
            good,
            lambda pdf: add_note(pdf, "FreeText", (60, 60, 80, 14), "Received", paper=False),
        )
    )

    assert [(c.kind, c.before.split()[0], c.after) for c in over.changes] == [
        (ChangeKind.COVER, "0.08", "0.01")
    ]
    assert [(c.kind, c.after) for c in beside.changes] == [(ChangeKind.NOTE, "Received")]


def test_form_field_filled_in_is_a_note_and_changed_a_cover(good):
    def field(pdf, text):
        add_note(pdf, "Widget", (60, 60, 90, 14), text, paper=False, FT=Name.Tx, T=String("x"))
        pdf.pages[0].obj.Annots[-1]["/V"] = String(text)

    filled = append(good, lambda pdf: field(pdf, "0.08"))
    changed = append(filled, lambda pdf: _refill(pdf, "0.01"))

    assert [change.kind for change in look(filled)[0].changes] == [ChangeKind.NOTE]
    kinds = {(c.revision, c.kind) for c in look(changed)[0].changes}
    assert (2, ChangeKind.COVER) in kinds


def test_revisions_without_end_are_looked_at_within_limits(good):
    content = forgeries.forge("appended_saved_often", good, value="0.08")
    history, is_whole = look(content)
    assert (history.revisions, is_whole) == (13, True)
    assert [change.revision for change in history.changes] == [1]

    for turn in range(40):
        content = append(content, lambda pdf, turn=turn: paint(pdf, f"% {turn}"))
    history, is_whole = look(content)
    assert not is_whole
    assert history.revisions == 40
    assert [change.revision for change in history.changes] == [1]


def test_look_stops_when_the_time_is_up_and_says_so(good):
    with sight(forgeries.forge("appended_by_hand", good)) as seen:
        seen.deadline = 0.0
        history = revisions.examine(seen)
        assert seen.unfinished == {Look.HISTORY}
    assert history.changes == ()


def test_earlier_revision_that_is_too_large_is_not_unpacked(good):
    bomb = documents.bomb(64)
    content = append(bomb, _quieten)
    small = dataclasses.replace(DEFAULT, stream_bytes=1024 * 1024)
    history, is_whole = look(content, limits=small)
    assert (history.revisions, is_whole) == (0, False)


@pytest.mark.parametrize("cut", range(1, 12))
def test_damaged_past_is_never_a_crash(good, cut):
    whole = bytearray(forgeries.forge("appended_by_hand", good))
    for place in itertools.islice(range(cut * 7, len(good)), 0, None, 97 + cut):
        whole[place] ^= 0x15
    with sight(good) as seen:
        seen.content = bytes(whole)
        history = revisions.examine(seen)
    assert history.revisions <= 1


def _refill(pdf, text):
    note = pdf.pages[0].obj.Annots[0]
    note["/V"] = String(text)
    note.AP.N.write(f"0 g BT /F 11.2 Tf 1 2 Td ({text}) Tj ET".encode())


def _quieten(pdf):
    pdf.pages[0].obj["/Contents"] = pdf.make_stream(b"")
    assert isinstance(pdf.Root, Dictionary)


@pytest.mark.parametrize("box", [None, (60, 60, 260, 120)])
def test_signing_alone_is_no_edit(good, box):
    signed = signing_tools.sign(good, signing_pki.laboratory(), box=box)
    twice = signing_tools.sign(signed, signing_pki.manager(), field="Second")

    assert look(signed) == (History(1, is_appended=False), True)
    assert look(twice) == (History(2, is_appended=False), True)


def test_stamp_of_a_signature_over_a_value_covers_it(good):
    spot = Spot.of(good, "0.08")
    box = tuple(map(round, (spot.left - 2, spot.bottom - 2, spot.right + 60, spot.top + 4)))
    history, _ = look(signing_tools.sign(good, signing_pki.laboratory(), box=box))
    assert history.is_appended is False
    assert all(change.kind is not ChangeKind.CONTENT for change in history.changes)


def test_time_stamp_and_store_for_later_are_no_edit(good):
    signed = signing_tools.sign(good, signing_pki.laboratory())
    assert look(signing_tools.stamp(signed))[0].is_appended is False


def test_edit_after_signing_is_one(good):
    signed = signing_tools.sign(good, signing_pki.laboratory())
    history, _ = look(append(signed, lambda pdf: paint(pdf, "0 g 80 80 60 10 re f")))
    assert (history.revisions, history.is_appended, len(history.changes)) == (2, True, 1)


def test_edit_along_with_a_signature_is_one(good):
    """What is painted and signed in one go is no signing alone."""
    edited = append(good, lambda pdf: paint(pdf, "0 g 80 80 60 10 re f"))
    signed = signing_tools.sign(edited, signing_pki.laboratory())
    history, _ = look(signed)
    assert history.is_appended
    assert {change.kind for change in history.changes} == {ChangeKind.CONTENT}


@pytest.mark.parametrize(
    "sneak",
    [
        lambda pdf: paint(pdf, ""),
        lambda pdf: put(pdf.Root, "/OCProperties", Dictionary()),
        lambda pdf: add_note(pdf, "Text", (5, 5, 9, 9), "", paper=False),
        lambda pdf: put(pdf.Root, "/Names", pdf.make_indirect(Dictionary(Type=Name.Metadata))),
    ],
)
def test_more_than_a_signature_in_the_same_breath_is_noticed(good, sneak):
    signed = signing_tools.sign(good, signing_pki.laboratory())
    with (
        pikepdf.open(io.BytesIO(good)) as old,
        pikepdf.open(io.BytesIO(signed)) as new,
    ):
        assert appended.is_signing(old, new, appended.differing(old, new))
        sneak(new)
        assert not appended.is_signing(old, new, appended.differing(old, new))
