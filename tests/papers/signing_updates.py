"""What is appended to a signed document, or swapped in it, so that it shows something else."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from pyhanko.sign.fields import MDPPerm

from tests.certificates.documents import certificate
from tests.papers.signing_pki import analyst, manager, stranger
from tests.papers.signing_tools import (
    append,
    drawing,
    last_table,
    next_number,
    object_of,
    sign,
    stream,
)

WAS, WOULD_BE = b"0.08", b"0.01"
_COVER = b"q 1 1 1 rg 300 470 200 60 re f Q"


def appended() -> dict[str, bytes]:
    """Incremental saving: the signed part stays, and something follows."""
    signed = sign(certificate(), analyst())
    page, page_text = object_of(signed, "page")
    pages, _ = object_of(signed, "pages")
    root, root_text = object_of(signed, "root")
    form, form_text = object_of(signed, "form")
    new = next_number(signed)
    note = (
        b"<< /Type /Annot /Subtype /FreeText /Rect [300 480 480 500] /F 4 /Contents (0.01 mg/kg) "
        b"/DA (/Helv 10 Tf) /AP << /N %d 0 R >> >>" % (new + 1)
    )
    look = stream(_COVER, b"/Type /XObject /Subtype /Form /BBox [0 0 600 800]")
    noted = page_text[:-2].rstrip() + b" /Annots [%d 0 R] >>" % new
    with_note = {page: _without(noted, b"/Annots", keep_last=True), new: note, new + 1: look}
    default_look = form_text[:-2].rstrip() + b" /NeedAppearances true /DA (/F1 0 Tf 1 g) >>"
    other_pages = certificate(rows=(("Test", "Result"), ("Lead (Pb)", "0.01 mg/kg")))
    return {
        "appended_content": append(signed, _changed_drawing(signed)),
        "appended_new_page_object": append(
            signed, {page: page_text.replace(b"/MediaBox [ 0 0 595", b"/MediaBox [ 0 0 300")}
        ),
        "appended_note_over_result": append(signed, with_note),
        "appended_default_appearance": append(signed, {form: default_look}),
        "appended_comment": signed + b"% and more\n%%EOF\n",
        "appended_text_without_table": signed + b"20 0 obj\n(more)\nendobj\n%%EOF\n",
        "appended_stray_object": append(signed, {new: b"(nobody refers to this)"}),
        "appended_other_root": append(
            signed,
            {new: root_text.replace(b"/Pages %d 0 R" % pages, b"/Pages %d 0 R" % (new + 1))}
            | _pages_of(other_pages, new + 1),
            root=new,
        ),
        "appended_title": append(signed, {new: b"<< /Title (Another lot) >>"}).replace(
            b"/Root %d 0 R /Prev" % root, b"/Root %d 0 R /Info %d 0 R /Prev" % (root, new)
        ),
        "appended_freed_signature": append(
            signed, {root: _without(root_text, b"/AcroForm")}, freed=[_place_of_value(signed)]
        ),
        "appended_page_twice": append(
            signed, {pages: b"<< /Type /Pages /Kids [%d 0 R %d 0 R] /Count 2 >>" % (page, page)}
        ),
    }


def shadows() -> dict[str, bytes]:
    """The laboratory signs a document that was prepared; what hides in it is shown later."""
    return {
        "shadow_hide": _shadow_hide(),
        "shadow_replace_font": _shadow_font(),
        "shadow_hide_and_replace": _shadow_old_object(),
        "shadow_field_value": _shadow_field(),
    }


def certified() -> dict[str, bytes]:
    """Certification allows some changes, and these hide others (EAA, SSA)."""
    box = (300, 470, 520, 540)
    free = sign(certificate(), analyst(), certify=MDPPerm.ANNOTATE)
    fill = sign(certificate(), analyst(), certify=MDPPerm.FILL_FORMS)
    none = sign(_with_field(), analyst(), certify=MDPPerm.NO_CHANGES)
    page, text = object_of(free, "page")
    new = next_number(free)
    note = (
        b"<< /Type /Annot /Subtype /Stamp /Rect [300 470 500 530] /F 4 /AP << /N %d 0 R >> >>"
        % (new + 1)
    )
    look = stream(_COVER, b"/Type /XObject /Subtype /Form /BBox [300 470 500 530]")
    noted = _without(text[:-2].rstrip() + b" /Annots [%d 0 R] >>" % new, b"/Annots", keep_last=True)
    return {
        "evil_annotation": append(free, {page: noted, new: note, new + 1: look}),
        "sneaky_signature": sign(fill, stranger(), field="Other", box=box),
        "certified_against_changes_and_filled": _filled(none),
    }


def signed_over() -> dict[str, bytes]:
    """Somebody else signs what the laboratory signed, changed or covered."""
    signed = sign(certificate(), analyst())
    changed = append(signed, _changed_drawing(signed))
    box = (300, 470, 520, 540)
    return {
        "changed_and_signed_by_a_stranger": sign(changed, stranger(), field="Other"),
        "changed_and_signed_by_the_laboratory": sign(changed, manager(), field="Other"),
        "covered_by_a_strangers_stamp": sign(signed, stranger(), field="Other", box=box),
        "signed_again_by_a_stranger": sign(signed, stranger(), field="Other"),
    }


def _changed_drawing(content: bytes) -> dict[int, bytes]:
    number, _ = object_of(content, "contents")
    changed = drawing(content).replace(WAS, WOULD_BE)
    if changed == drawing(content):
        message = "the drawing has no such value"
        raise AssertionError(message)
    return {number: stream(changed)}


def _pages_of(other: bytes, number: int) -> dict[int, bytes]:
    page = number + 1
    fonts = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> "
    fonts += b"/F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >> >> >>"
    return {
        number: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % page,
        page: b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Resources %s "
        b"/Contents %d 0 R >>" % (number, fonts, page + 1),
        page + 1: stream(drawing(other)),
    }


def _place_of_value(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return pdf.Root.AcroForm.Fields[0].V.objgen[0]


def _without(text: bytes, key: bytes, *, keep_last: bool = False) -> bytes:
    """A dictionary's text without the first entry of this key, a reference or a plain list."""
    if keep_last and text.count(key) < 2:
        return text
    start = text.index(key)
    rest = text[start + len(key) :].lstrip()
    end = rest.index(b"]") + 1 if rest.startswith(b"[") else rest.index(b"R") + 1
    return text[:start] + rest[end:]


def _shadow_hide() -> bytes:
    """A white cover with a good value stands over a bad one, until the cover is taken away."""
    with pikepdf.open(io.BytesIO(certificate())) as pdf:
        cover = pdf.make_stream(_COVER)
        cover.Type, cover.Subtype = Name.XObject, Name.Form
        cover.BBox = Array([0, 0, 595, 842])
        page = pdf.pages[0]
        page.obj.Resources.XObject = Dictionary(Cover=cover)
        page.contents_add(b"/Cover Do", prepend=False)
        prepared = _saved(pdf)
        signed = sign(prepared, analyst())
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        number = pdf.pages[0].obj.Resources.XObject.Cover.objgen[0]
    empty = stream(b" ", b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]")
    return append(signed, {number: empty})


def _shadow_font() -> bytes:
    """The font is swapped for one whose 8 looks like a 1."""
    signed = sign(certificate(), analyst())
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        fonts = pdf.pages[0].obj.Resources.Font
        number = fonts[min(fonts.keys())].objgen[0]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Name /F1 /Encoding "
    font += b"<< /Type /Encoding /Differences [56 /one] >> >>"
    return append(signed, {number: font})


def _shadow_old_object() -> bytes:
    """Another body for the page's drawing lies in the signed part; a new table points there."""
    plain = certificate()
    number, _ = object_of(plain, "contents")
    at = plain.index(b"xref\n0 ")
    body = b"%d 0 obj\n%s\nendobj\n" % (number, stream(drawing(plain).replace(WAS, WOULD_BE)))
    start = last_table(plain)
    prepared = (
        plain[:at]
        + body
        + plain[at:].replace(b"startxref\n%d" % start, b"startxref\n%d" % (start + len(body)))
    )
    signed = sign(prepared, analyst())
    root, _ = object_of(signed, "root")
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        size = int(pdf.trailer.Size)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, at)
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (size, root, last_table(signed))
    return signed + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(signed)


def _shadow_field() -> bytes:
    """A form field stands where the result is printed, empty when it was signed."""
    return _filled(sign(_with_field(), analyst()))


def _with_field() -> bytes:
    with pikepdf.open(io.BytesIO(certificate())) as pdf:
        look = pdf.make_stream(b" ")
        look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 60])
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("note"),
                Rect=Array([300, 470, 500, 530]),
                AP=Dictionary(N=look),
                F=4,
            )
        )
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DA=String("/Helv 10 Tf 0 g"))
        return _saved(pdf)


def _filled(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        field = next(one for one in pdf.Root.AcroForm.Fields if Name.Tx == one.FT)
        number, text = field.objgen[0], field.unparse(resolved=True)
        look = field.AP.N.objgen[0]
    filled = text[:-2].rstrip() + b" /V (0.01 mg/kg) >>"
    white = stream(b"1 1 1 rg 0 0 200 60 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 200 60]")
    return append(content, {number: filled, look: white})


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()
