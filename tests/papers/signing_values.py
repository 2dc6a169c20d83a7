"""Signatures that are broken, moved or made up: byte ranges, values, certificates."""

import io
import re
import zlib
from collections.abc import Callable

import pikepdf
from asn1crypto import cms, core, x509
from pikepdf import Dictionary, Name

from tests.certificates.documents import certificate
from tests.papers import signing_pki as pki
from tests.papers.signing_tools import (
    drawing,
    keep_for_later,
    last_table,
    object_of,
    sign,
    stamp,
    stream,
)

_RANGE = re.compile(rb"/ByteRange ?\[[^\]]*\] *")
_VALUE = re.compile(rb"/Contents ?<([0-9A-Fa-f]*)>")


def people() -> dict[str, bytes]:
    """Whole and unchanged, and signed by somebody whom nobody should believe."""
    plain = certificate()
    return {
        "own_certificate_in_its_name": sign(plain, pki.stranger()),
        "authority_of_the_same_name": sign(plain, pki.namesake()),
        "another_laboratory": sign(plain, pki.other_laboratory()),
        "expired": sign(plain, pki.expired()),
        "not_yet_valid": sign(plain, pki.early()),
        "certificate_for_ciphers": sign(plain, pki.for_ciphers()),
        "certificate_of_a_web_server": sign(plain, pki.web_server()),
        "key_of_1024_bits": sign(plain, pki.short()),
        "key_of_512_bits": sign(plain, pki.shortest()),
        "digest_sha1": sign(plain, pki.analyst(), digest="sha1"),
        "digest_md5": sign(plain, pki.manager(), digest="md5"),
        "given_by_no_authority": sign(plain, pki.given_by_analyst()),
        "revoked_by_a_list_inside": keep_for_later(
            sign(plain, pki.analyst()), [], [pki.revoking(pki.analyst())]
        ),
        "authority_revoked_by_a_list_inside": keep_for_later(
            sign(plain, pki.analyst()), [], [pki.revoking(pki.laboratory())]
        ),
        "time_stamp_only": stamp(plain),
    }


def ranges() -> dict[str, bytes]:
    """Universal signature forgery: the range or the value says too little, or nonsense."""
    signed = sign(certificate(), pki.analyst())
    found = _RANGE.search(signed)
    whole = [int(number) for number in re.findall(rb"\d+", found[0])]
    gap, after, end = whole[1], whole[2], whole[2] + whole[3]

    def ranged(*numbers: object) -> bytes:
        text = b"/ByteRange [" + b" ".join(str(number).encode() for number in numbers) + b"]"
        return signed.replace(found[0], text.ljust(len(found[0]))[: len(found[0])], 1)

    return {
        "range_missing": signed.replace(b"/ByteRange", b"/XyteRange", 1),
        "range_empty": ranged(),
        "range_null": signed.replace(found[0], b"/ByteRange null".ljust(len(found[0])), 1),
        "range_negative": ranged(0, gap, -after, whole[3]),
        "range_of_nothing": ranged(0, 0, 0, 0),
        "range_overlapping": ranged(0, gap, gap - 9, end - gap + 9),
        "range_not_from_the_start": ranged(1, gap - 1, after, whole[3]),
        "range_of_three": ranged(0, gap, after),
        "range_of_six": ranged(0, 9, 9, gap - 9, after, 1),
        "range_beyond_the_end": ranged(0, gap, after, 99999),
        "range_short_of_the_end": ranged(0, gap, after, whole[3] - 1),
        "range_of_words": ranged("/a", "/b", "/c", "/d"),
        "value_missing": _renamed(signed, b"/Xontents"),
        "value_null": _valued(signed, b"null"),
        "value_empty": _valued(signed, b"<>"),
        "value_zero": _valued(signed, b"<00>"),
        "value_of_noughts": _valued(signed, b"<" + b"0" * (after - gap - 2) + b">"),
        "changed_inside": signed.replace(b"/Title (untitled)", b"/Title (Untitled)", 1),
        "changed_result": _with_plain_drawing(),
    }


def wrapped() -> dict[str, bytes]:
    """Signature wrapping: the signed bytes are all there, and so is more."""
    return {"wrapped_in_the_gap": _wrapped(), "moved_second_part": _moved()}


def values() -> dict[str, bytes]:
    """The value itself is tampered with."""
    signed = sign(certificate(), pki.analyst())
    return {name: _recast(signed, change) for name, change in _CHANGES.items()} | {
        "value_of_noise": _valued(signed, b"<" + b"3082ffff" + b"5a" * 200 + b">"),
        "value_deeply_nested": _valued(signed, b"<" + b"3080" * 1_300 + b">"),
        "value_with_words_behind": _with_words_behind(signed),
    }


def hidden() -> dict[str, bytes]:
    """More signatures in the file than its form shows."""
    signed = sign(certificate(), pki.analyst())
    value = bytes.fromhex(_VALUE.search(signed)[1].decode())

    def also(pdf: pikepdf.Pdf) -> Dictionary:
        numbers = pikepdf.Array([0, 10, 20, 30])
        return Dictionary(Type=Name.Sig, ByteRange=numbers, Contents=pikepdf.String(value))

    def beside(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Kept = pdf.make_indirect(also(pdf))

    def within(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Kept = pikepdf.Array([Dictionary(Deeper=also(pdf))])

    def empty(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Kept = pdf.make_indirect(Dictionary(Type=Name.Sig))

    return {
        "hidden_in_an_object": sign(_changed(beside), pki.stranger()),
        "hidden_in_a_packed_object": sign(_changed(beside, is_packed=True), pki.stranger()),
        "hidden_in_a_direct_dictionary": sign(_changed(within), pki.analyst()),
        "hidden_without_a_value": sign(_changed(empty), pki.analyst()),
    }


def _other_digest(data: cms.SignedData) -> None:
    for attribute in data["signer_infos"][0]["signed_attrs"]:
        if attribute["type"].native == "message_digest":
            attribute["values"] = [bytes(32)]


def _other_signature(data: cms.SignedData) -> None:
    info = data["signer_infos"][0]
    info["signature"] = info["signature"].native[:-1] + b"\x00"


def _carrying(data: cms.SignedData) -> None:
    data["encap_content_info"]["content"] = core.OctetString(b"carried along")


def _twice(data: cms.SignedData) -> None:
    data["signer_infos"] = [data["signer_infos"][0], data["signer_infos"][0]]


def _bare(data: cms.SignedData) -> None:
    data["certificates"] = []


def _swapped(data: cms.SignedData) -> None:
    other = x509.Certificate.load(pki.stranger().der)
    data["certificates"] = [cms.CertificateChoices("certificate", other)]


def _crowded(data: cms.SignedData) -> None:
    data["certificates"] = [data["certificates"][0]] * 7


_CHANGES = {
    "value_other_digest": _other_digest,
    "value_other_signature": _other_signature,
    "value_carries_content": _carrying,
    "value_two_signers": _twice,
    "value_without_certificates": _bare,
    "value_other_certificate": _swapped,
    "value_many_certificates": _crowded,
}


def _changed(change: Callable[[pikepdf.Pdf], None], *, is_packed: bool = False) -> bytes:
    mode = pikepdf.ObjectStreamMode
    with pikepdf.open(io.BytesIO(certificate())) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=mode.generate if is_packed else mode.disable)
        return out.getvalue()


def _renamed(signed: bytes, name: bytes) -> bytes:
    at = _VALUE.search(signed).start()
    return signed[:at] + name + signed[at + len(name) :]


def _valued(signed: bytes, value: bytes) -> bytes:
    """Another value in the same place; blanks fill what is left of it."""
    start, end = _VALUE.search(signed).span()
    return signed[:start] + b"/Contents " + value.ljust(end - start - 10) + signed[end:]


def _recast(signed: bytes, change: Callable[[cms.SignedData], None]) -> bytes:
    found = _VALUE.search(signed)
    info = cms.ContentInfo.load(bytes.fromhex(found[1].decode()))
    change(info["content"])
    value = info.dump(force=True).hex().encode()
    room = len(found[1])
    if len(value) > room:  # the range no longer fits either, and that is all the same
        value = value[:room]
    return signed[: found.start(1)] + value.ljust(room, b"0") + signed[found.end(1) :]


def _with_words_behind(signed: bytes) -> bytes:
    """In the noughts behind the value, where the signature does not reach."""
    found = _VALUE.search(signed)
    words = b"a value for whoever looks here".hex().encode()
    return signed[: found.end(1) - len(words)] + words + signed[found.end(1) :]


def _with_plain_drawing() -> bytes:
    with pikepdf.open(io.BytesIO(certificate())) as pdf:
        pdf.pages[0].obj.Contents = pdf.make_stream(pdf.pages[0].obj.Contents.read_bytes())
        out = io.BytesIO()
        pdf.save(out, compress_streams=False)
    return sign(out.getvalue(), pki.analyst()).replace(b"0.08 mg/kg", b"0.01 mg/kg", 1)


def _wrapped() -> bytes:
    """The value is written as letters, in half the space; the other half holds new objects.

    All signed bytes are there, and the lengths add up to the file's. The table of objects is
    looked up where the signed part says, and there the new half has put its own.
    """
    signed = sign(certificate(), pki.analyst())
    _, gap, after, rest = (int(one) for one in re.findall(rb"\d+", _RANGE.search(signed)[0]))
    value = bytes.fromhex(_VALUE.search(signed)[1].decode())
    table_at = last_table(signed)
    size = 2 * ((table_at - gap + 900) // 2)
    letters = value.ljust(size // 2 - 1, b"\0")
    for sign_ in (b"\\", b"(", b")", b"\r"):
        letters = letters.replace(sign_, b"\\%03o" % ord(sign_))
    ranged = b"/ByteRange [0 %d %d %d]" % (gap, gap + size, rest)
    filling = b"(%s)\n%s\n/Type /Sig /Filter /Adobe.PPKLite " % (letters, ranged)
    filling += b"/SubFilter /adbe.pkcs7.detached >>\nendobj\n"
    number, _ = object_of(signed, "contents")
    contents_at = gap + len(filling)
    changed = zlib.compress(drawing(signed).replace(b"0.08", b"0.01"))
    changed = stream(changed, b"/Filter /FlateDecode")
    filling += b"%d 0 obj\n%s\nendobj\n" % (number, changed)
    filling = filling.ljust(table_at - gap)
    filling += _table_for_wrapping(signed, number, contents_at, size - (after - gap), after)
    filling = filling.ljust(size - 12) + b"\n99 0 obj\n<<"
    return signed[:gap] + filling + signed[after:]


def _table_for_wrapping(signed: bytes, number: int, at: int, shift: int, after: int) -> bytes:
    """The signed table, with places behind the gap moved on, and one object elsewhere."""
    table = signed[last_table(signed) : signed.rindex(b"startxref")]

    def moved(found: re.Match[bytes]) -> bytes:
        place = int(found[1])
        return b"%010d 00000 n" % (place + shift if place > after else place)

    table = re.sub(rb"(\d{10}) 00000 n", moved, table)
    return table.replace(b"trailer", b"%d 1\n%010d 00000 n \ntrailer" % (number, at), 1)


def _moved() -> bytes:
    """The second part is moved behind new objects, and the range follows it."""
    signed = sign(certificate(), pki.analyst())
    found = _RANGE.search(signed)
    _, gap, after, rest = (int(number) for number in re.findall(rb"\d+", found[0]))
    number, _ = object_of(signed, "contents")
    new = b"%d 0 obj\n%s\nendobj\n" % (number, stream(drawing(signed).replace(b"0.08", b"0.01")))
    moved = b"/ByteRange [0 %d %d %d]" % (gap, after + len(new), rest)
    body = signed.replace(found[0], moved.ljust(len(found[0])), 1)
    at = last_table(signed)
    return (body[:after] + new + body[after:]).replace(
        b"startxref\n%d" % at, b"startxref\n%d" % (at + len(new))
    )
