"""What does each signature say, mathematically? pyHanko examines it; nothing here knows a pin.

Loaded only for files that bear a signature. No network, no list of authorities and no clock: a
certificate is measured at the moment that the signer names. Whose certificate it is, the judge
finds out by comparing digests with those that staff pinned.
"""

import io
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
from asn1crypto import x509
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    DiffResult,
    ModificationLevel,
    StandardDiffPolicy,
)
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    SignatureCoverageLevel,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import DocumentTimestampStatus, PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from shop.assay.certificates.inside import FileDoubt, Modification, Signature, SignatureDoubt
from shop.certificates.reader import byteranges, revocation, same_parts, signature_chain, views
from shop.certificates.reader.signatures import Held, TooMuch
from shop.certificates.reader.waiting import finish

_MOST_SIGNATURES = 20
_MOST_BYTES = 4_000_000  # of all signature values
_MOST_REVISIONS = 100
_LONGEST_NAME = 120
_STAMP = "/DocTimeStamp"
_BLANK = b"\x00\t\n\f\r "
_ALIKE = frozenset(
    {
        Modification.LTA,
        Modification.METADATA,
        Modification.UNUSED,
        Modification.SIGNATURES,
    }
)
# As pyHanko's own, without its patience for objects that nothing uses.
_NO_STRAYS = StandardDiffPolicy(
    global_rules=DEFAULT_DIFF_POLICY.global_rules,
    form_rule=DEFAULT_DIFF_POLICY.form_rule,
    ignore_orphaned_objects=False,
)
# What programs write anew whenever they append.
_OWN_MARKS = frozenset({"/ModDate", "/Producer"})
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


def examine(
    content: bytes, pdf: pikepdf.Pdf, held: Sequence[Held]
) -> tuple[tuple[Signature, ...], set[FileDoubt]]:
    """The signatures that the form's fields hold, in their order, and doubts about the file.

    Raises whatever comes for a file that is not as it should be.
    """
    if len(held) > _MOST_SIGNATURES or sum(len(one.contents) for one in held) > _MOST_BYTES:
        raise TooMuch
    doubts = set()
    reader = _opened(content, is_strict=True)
    if reader.xrefs.hybrid_xrefs_present:
        doubts.add(FileDoubt.TWO_TABLES)
        reader = _opened(content, is_strict=False)
    if reader.xrefs.total_revisions > _MOST_REVISIONS:
        raise TooMuch
    embedded = reader.embedded_signatures
    if not views.is_one_document(content, pdf, reader) or _are_others(embedded, held):
        doubts.add(FileDoubt.VIEWS)
    fields = frozenset(one.field_name for one in embedded)
    # A time stamp has no business to show itself, so its place is not left out.
    shown = {_place(one) for one in embedded if one.sig_object_type != _STAMP}
    places = views.places_of(pdf, shown)
    found = tuple(_seen(content, places, one, _examined(content, one, fields)) for one in embedded)
    return found, doubts


def _opened(content: bytes, *, is_strict: bool) -> PdfFileReader:
    reader = PdfFileReader(io.BytesIO(content), strict=is_strict)
    if reader.encrypted and reader.decrypt(b"").status == AuthStatus.FAILED:
        message = "no reading without a password"
        raise ValueError(message)
    return reader


def _are_others(embedded: Sequence[EmbeddedPdfSignature], held: Sequence[Held]) -> bool:
    """Whether the two libraries disagree about a signature that both of them see."""
    ours = {one.place: (one.byte_range, one.contents) for one in held}
    return any(ours.get(_place(one)) != (_byte_range(one), one.pkcs7_content) for one in embedded)


def _examined(content: bytes, one: EmbeddedPdfSignature, fields: frozenset[str]) -> Signature:
    certificates = signature_chain.certificates_of(one.signed_data)
    signature_chain.refuse_crowds(one.signer_info)
    signer: x509.Certificate = one.signer_cert
    is_stamp = one.sig_object_type == _STAMP
    status = _status(one, signer, is_stamp=is_stamp)
    signed_at = None if is_stamp else _aware(one.self_reported_timestamp)
    chain = signature_chain.chain(signer, certificates, signed_at)
    byte_range = _byte_range(one)
    end = byteranges.end_of(byte_range)
    is_sound = byteranges.is_sound(content, _place(one), byte_range, one.pkcs7_content)
    doubts = set(signature_chain.doubts(one.signer_info, signer, is_stamp=is_stamp))
    if revocation.is_revoked(one, [signer, *certificates]):
        doubts.add(SignatureDoubt.REVOKED)
    if isinstance(status, PdfSignatureStatus) and _is_stamp_broken(status):
        doubts.add(SignatureDoubt.TIME_STAMP)
    return Signature(
        field=one.field_name[:_LONGEST_NAME],
        signer=signature_chain.name_of(signer)[:_LONGEST_NAME],
        certificate=signer.sha256.hex(),
        chain=chain.digests,
        signed_at=signed_at.isoformat() if signed_at else "",
        is_intact=is_sound and bool(status.intact),
        is_valid=bool(status.valid),
        is_expired=chain.is_expired,
        covers_file=is_sound and end == len(content),
        modification=_modification(one, status, fields, content[end:])
        if is_sound
        else Modification.OTHER,
        holds_until=signer.not_valid_after.date().isoformat(),
        is_time_stamp=is_stamp,
        doubts=tuple(sorted(doubts)),
    )


def _seen(
    content: bytes, places: views.Places, one: EmbeddedPdfSignature, found: Signature
) -> Signature:
    """The same, and "other" where the signed part does not show what the file shows."""
    if found.modification not in _ALIKE:
        return found
    signed = content[: byteranges.end_of(_byte_range(one))]
    if views.shows_same(signed, content, places):
        return found
    return replace(found, modification=Modification.OTHER)


def _status(
    one: EmbeddedPdfSignature, signer: x509.Certificate, *, is_stamp: bool
) -> PdfSignatureStatus | DocumentTimestampStatus:
    # The signer stands for its own root, so that only the mathematics are asked for here.
    moment = signer.not_valid_before
    context = ValidationContext(trust_roots=[signer], moment=moment, allow_fetching=False)
    if is_stamp:
        return finish(async_validate_pdf_timestamp(one, context))
    usage = KeyUsageConstraints(key_usage=set())
    return finish(async_validate_pdf_signature(one, context, key_usage_settings=usage))


def _modification(
    one: EmbeddedPdfSignature,
    status: PdfSignatureStatus | DocumentTimestampStatus,
    fields: frozenset[str],
    rest: bytes,
) -> Modification:
    difference = status.diff_result
    is_whole = (status.coverage or 0) >= SignatureCoverageLevel.ENTIRE_REVISION
    if not is_whole or not isinstance(difference, DiffResult) or status.docmdp_ok is False:
        return Modification.OTHER
    match difference.modification_level:
        case ModificationLevel.NONE:
            return Modification.UNUSED if rest.strip(_BLANK) else Modification.NONE
        case ModificationLevel.LTA_UPDATES:
            return _harmless(one)
        case ModificationLevel.FORM_FILLING:
            changed = difference.changed_form_fields
            is_signing = bool(changed) and changed <= fields
            return Modification.SIGNATURES if is_signing else Modification.FORMS
        case _:
            return Modification.OTHER


def _harmless(one: EmbeddedPdfSignature) -> Modification:
    """Of changes that no page shows: whether all of them help to check the signature later."""
    if not isinstance(one.evaluate_modifications(_NO_STRAYS), DiffResult):
        return Modification.UNUSED
    reader = one.reader
    before = reader.get_historical_resolver(one.signed_revision)
    after = reader.get_historical_resolver(reader.xrefs.total_revisions - 1)
    is_followed = reader.embedded_signatures[-1].signed_revision > one.signed_revision
    is_helped = is_followed or before.root.get("/DSS") != after.root.get("/DSS")
    is_as_before = _information(before) == _information(after)
    return Modification.LTA if is_helped and is_as_before else Modification.METADATA


def _information(resolver: HistoricalResolver) -> dict[str, object]:
    """What that revision says of its making, apart from what every program writes anew."""
    try:
        information = resolver.trailer_view["/Info"]
    except KeyError:
        return {}
    return {
        str(key): same_parts.plain(information[key]) for key in information if key not in _OWN_MARKS
    }


def _is_stamp_broken(status: PdfSignatureStatus) -> bool:
    stamps = (status.timestamp_validity, status.content_timestamp_validity)
    return any(stamp is not None and not (stamp.intact and stamp.valid) for stamp in stamps)


def _byte_range(one: EmbeddedPdfSignature) -> tuple[int, ...]:
    return tuple(int(number) for number in one.byte_range)


def _place(one: EmbeddedPdfSignature) -> tuple[int, int]:
    reference = one.sig_field.raw_get("/V").reference
    return reference.idnum, reference.generation


def _aware(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
