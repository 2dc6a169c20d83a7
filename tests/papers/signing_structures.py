"""Files built so that programs read different documents from them, with a signature inside."""

import io
import re
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.certificates.documents import certificate
from tests.papers import signing_pki as pki
from tests.papers.signing_tools import append, drawing, last_table, object_of, sign, stream


def structures() -> dict[str, bytes]:
    """Two tables, two bodies, loops, things behind the end."""
    signed = sign(certificate(), pki.analyst())
    at = last_table(signed)
    prev = re.findall(rb"/Prev (\d+)", signed)[-1]
    return {
        "two_tables_after_signing": hybrid(signed, signed),
        "two_tables_before_signing": sign(
            hybrid(certificate(), certificate()), pki.analyst(), strict=False
        ),
        "end_written_twice": signed + b"startxref\n%d\n%%%%EOF\n" % at,
        "end_of_an_earlier_revision": signed + b"startxref\n%s\n%%%%EOF\n" % prev,
        "table_that_leads_to_itself": append(signed, {40: b"null"}).replace(
            b"/Prev %d" % at, b"/Prev %d" % (len(signed) + 0)
        ),
        "words_behind_the_end": signed + b"and more words",
        "program_behind_the_end": signed + b"PK\x05\x06" + bytes(18),
        "words_before_the_start": b"words\n" + signed,
        "half_of_it": signed[: len(signed) // 2],
        "field_without_a_signature": _unsigned_field(),
        "value_that_is_a_word": _odd_value(String("signed")),
        "value_that_is_an_empty_dictionary": _odd_value(Dictionary()),
        "value_that_is_a_list": _odd_value(Array([1, 2])),
        "signature_written_anew": _written_anew(signed),
        "signature_of_another_file": _transplanted(signed),
        "many_revisions": _many(signed),
        "huge_value": _huge(signed),
    }


def hybrid(content: bytes, _: bytes) -> bytes:
    """An update with a table and a stream of entries beside it (ISO 32000-2:2020, 7.5.8.4).

    The table frees the page's drawing and the stream gives another: programs that know streams
    draw that one.
    """
    number, _text = object_of(content, "contents")
    root, _root = object_of(content, "root")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        size = int(pdf.trailer.Size)
    body = content if content.endswith(b"\n") else content + b"\n"
    changed = stream(drawing(content).replace(b"0.08", b"0.01"))
    object_at = len(body)
    body += b"%d 0 obj\n%s\nendobj\n" % (number, changed)
    stream_at = len(body)
    rows = zlib.compress(b"\x01" + object_at.to_bytes(4, "big") + b"\x00")
    entries = b"/Type /XRef /Size %d /W [1 4 1] /Index [%d 1] /Filter /FlateDecode" % (
        size + 1,
        number,
    )
    body += b"%d 0 obj\n%s\nendobj\n" % (size, stream(rows, entries))
    table = b"xref\n%d 1\n0000000000 65535 f \n" % number
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d /XRefStm %d >>\n" % (
        size + 1,
        root,
        last_table(content),
        stream_at,
    )
    return body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)


def _unsigned_field() -> bytes:
    """A place for a signature, where nobody signed: the file is not signed."""
    return _with_field(None)


def _odd_value(value: pikepdf.Object) -> bytes:
    return _with_field(value)


def _with_field(value: pikepdf.Object | None) -> bytes:
    with pikepdf.open(io.BytesIO(certificate())) as pdf:
        entries = {"/FT": Name.Sig, "/T": String("Signature1"), "/Rect": Array([0, 0, 0, 0])}
        field = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget))
        for key, entry in entries.items():
            field[key] = entry
        if value is not None:
            field["/V"] = value
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
        return _saved(pdf)


def _written_anew(signed: bytes) -> bytes:
    """Saved whole by a program that knows nothing of signatures."""
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        return _saved(pdf)


def _transplanted(signed: bytes) -> bytes:
    """The signature of one report in the form of another."""
    with pikepdf.open(io.BytesIO(signed)) as source:
        value = source.Root.AcroForm.Fields[0].V
        return _with_field(
            Dictionary({key: _copied(entry) for key, entry in value.items() if key != "/Parent"})
        )


def _copied(entry: object) -> object:
    return Array(list(entry)) if isinstance(entry, Array) else entry


def _many(signed: bytes) -> bytes:
    """An update after the other, a hundred of them and more."""
    content = signed
    for _ in range(105):
        content = append(content, {40: b"null"})
    return content


def _huge(signed: bytes) -> bytes:
    """A value of several million bytes, as no signature has."""
    found = re.search(rb"/Contents ?<([0-9A-Fa-f]*)>", signed)
    grown = signed[: found.end(1)] + b"0" * 9_000_000 + signed[found.end(1) :]
    at = last_table(signed)
    return grown.replace(b"startxref\n%d" % at, b"startxref\n%d" % (at + 9_000_000))


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()
