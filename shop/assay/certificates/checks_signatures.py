"""Did the laboratory sign this very file, and is it still what was signed?

The reader says what holds mathematically; here signers are compared with the certificates that
staff pinned to the laboratory. A root that a file brings along means nothing: whoever signs in
another's name brings one along too. Of 107 laboratory documents none was signed, so a signature
is a bonus, and its absence no fault.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from shop.assay.certificates.facts import CertificateFacts
from shop.assay.certificates.inside import Modification, Signature, Signatures
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Rule, Severity

_CMS = "ISO 32000-2:2020, 12.8"
_UPDATES = "ISO 32000-2:2020, 7.5.6 and 12.8"
NONE = Rule(
    "certificate.signature_none",
    Severity.INFO,
    Outcome.NOT_APPLICABLE,
    {
        DEFAULT: "The file is not signed, so we cannot tell whether it was changed.",
        "time_stamp": "The file bears a time stamp and nobody's signature, so we cannot tell who "
        "made it.",
    },
    "107 laboratory documents, 2026",
)
VALID = Rule(
    "certificate.signature_valid",
    Severity.OK,
    Outcome.PASSED,
    {
        DEFAULT: "The file has not changed since {signer} signed it. We know the certificate as "
        "one of {laboratory}."
    },
    _CMS,
)
OTHER = Rule(
    "certificate.signature_other",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {
        DEFAULT: "The file is signed in the name of {signer}, and not with a certificate that we "
        "know of {laboratory}.",
        "laboratory": "The file is signed in the name of {signer}, with a certificate that we "
        "know as one of {known}, and the report names another laboratory.",
    },
    _CMS,
)
UNTRUSTED = Rule(
    "certificate.signature_untrusted",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {
        DEFAULT: "The file is signed in the name of {signer}. We do not know the certificate, and "
        "anyone can make one in any name."
    },
    _CMS,
)
EXPIRED = Rule(
    "certificate.signature_expired",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {
        DEFAULT: "The certificate of {signer} did not hold on the day of signing, {signed}.",
        "received": "The certificate of {signer} ended on {until}, before the file reached us on "
        "{received}.",
        "future": "The file says that {signer} signed it on {signed}, and it reached us on "
        "{received}.",
    },
    "RFC 5280, 4.1.2.5",
)
INVALID = Rule(
    "certificate.signature_invalid",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "The file is not what was signed in the name of {signer}.",
        "signature": "The signature in the name of {signer} was not made with that certificate.",
    },
    "RFC 5652, 5.6",
)
UNREADABLE = Rule(
    "certificate.signature_unreadable",
    Severity.WARNING,
    Outcome.FAILED,
    {DEFAULT: "The file bears a signature that cannot be read, so it proves nothing."},
    _CMS,
)
COUNT = Rule(
    "certificate.signature_count",
    Severity.WARNING,
    Outcome.FAILED,
    {DEFAULT: "The file holds {held} signatures, and its form shows {found} of them."},
    _CMS,
)
TAIL = Rule(
    "certificate.signature_tail",
    Severity.WARNING,
    Outcome.FAILED,
    {DEFAULT: "The file goes on after the part that was signed in the name of {signer}."},
    _UPDATES,
)
MODIFIED = Rule(
    "certificate.signature_modified",
    Severity.WARNING,
    Outcome.FAILED,
    {DEFAULT: "The file was changed after it was signed in the name of {signer}."},
    _UPDATES,
)
REVIEW = Rule(
    "certificate.signature_review",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {
        DEFAULT: "The signature in the name of {signer} is followed by blank bytes.",
        "metadata": "After the part that was signed in the name of {signer}, the file goes on with "
        "details of its making.",
        "forms": "Form fields were filled in after the file was signed in the name of {signer}.",
        "weak_digest": "The signature in the name of {signer} uses a digest (MD5, SHA-1) for which "
        "two files can be made that are signed alike.",
        "weak_key": "The key of {signer} is so short that it can be found by trying.",
        "key_usage": "The certificate of {signer} was not given for signing documents.",
        "revoked": "A list in the file says that the certificate of {signer}, or one above it, "
        "was revoked.",
        "time_stamp": "The time stamp on the signature of {signer} does not fit.",
        "views": "Programs that read this file see different documents in it, so its signature "
        "does not say which one was signed.",
        "two_tables": "The file has two lists of its parts, and programs choose between them, so "
        "a person looks at what was signed.",
        "removed": "An earlier version of the file was signed, and that signature is gone.",
        "old_kind": "A signature in the file is of an old kind that we do not check.",
        "usage_rights": "The file bears a signature that grants readers the use of its forms, and "
        "says nothing of who made it.",
    },
    "ISO 32000-2:2020, 12.8; RFC 5280",
)
RULES = (
    *(NONE, VALID, OTHER, UNTRUSTED, EXPIRED),
    *(INVALID, UNREADABLE, COUNT, TAIL, MODIFIED, REVIEW),
)
_SLACK = timedelta(days=1)  # between clocks
# What may follow a signature with no other to cover it. LTA: helps for checks (ETSI EN 319 142).
_AT_THE_END = {Modification.NONE: DEFAULT, Modification.LTA: "", Modification.METADATA: "metadata"}


def answers(facts: CertificateFacts) -> Iterator[Finding]:
    """Whether the file is signed, by whom, and whether it still is what was signed."""
    signatures = facts.inside.signatures
    broken = tuple(_broken(signatures))
    if broken:
        yield from broken
        return
    signers = [one for one in signatures.found if not one.is_time_stamp]
    doubtful = (*_reviews(signatures), *_strangers(facts, signers), *_expired(facts, signers))
    yield from doubtful
    if not signers:
        yield NONE.found("time_stamp" if signatures.found else DEFAULT)
    elif not doubtful and facts.laboratory is not None:
        names = ", ".join(one.signer for one in signers)
        yield VALID.found(signer=names, laboratory=facts.laboratory.name)


def is_signed_by_laboratory(facts: CertificateFacts) -> bool:
    """Whether nothing at all speaks against a signature by the document's own laboratory."""
    return any(finding.rule is VALID for finding in answers(facts))


def signed_on(signatures: Signatures) -> date | None:
    """The last day on which anybody here says that he signed."""
    days = [_day(one.signed_at) for one in signatures.found if not one.is_time_stamp]
    return max((day for day in days if day), default=None)


def digests(signatures: Signatures) -> frozenset[str]:
    """Every certificate that vouches for a signature here, to be looked up among pinned ones."""
    return frozenset(
        digest for one in signatures.found if not one.is_time_stamp for digest in one.chain
    )


def _broken(signatures: Signatures) -> Iterator[Finding]:
    """What no honest program leaves behind; the first kind of it is said alone."""
    found = signatures.found
    if signatures.problem:
        yield UNREADABLE.found(problem=signatures.problem)
    elif signatures.dictionaries != len(found):
        yield COUNT.found(held=signatures.dictionaries, found=len(found))
    elif not all(one.is_intact and one.is_valid for one in found):
        for one in found:
            if not (one.is_intact and one.is_valid):
                yield INVALID.found("signature" if one.is_intact else DEFAULT, signer=one.signer)
    else:
        yield from _changed(found)


def _changed(found: tuple[Signature, ...]) -> Iterator[Finding]:
    for one in found:
        if one.modification is Modification.OTHER:
            yield MODIFIED.found(signer=one.signer)
    is_ended = any(one.covers_file or one.modification in _AT_THE_END for one in found)
    if found and not is_ended:
        yield TAIL.found(signer=found[-1].signer)


def _reviews(signatures: Signatures) -> Iterator[Finding]:
    for doubt in signatures.doubts:
        yield REVIEW.found(doubt.value)
    for one in signatures.found:
        for each in one.doubts:
            yield REVIEW.found(each.value, signer=one.signer)
        if one.modification is Modification.FORMS:
            yield REVIEW.found("forms", signer=one.signer)
    if signatures.found and not any(one.covers_file for one in signatures.found):
        last = signatures.found[-1]
        variant = _AT_THE_END.get(last.modification, "")
        if variant:
            yield REVIEW.found(variant, signer=last.signer)


def _strangers(facts: CertificateFacts, signers: Iterable[Signature]) -> Iterator[Finding]:
    """Signatures that no certificate pinned to this document's laboratory vouches for."""
    laboratory = facts.laboratory
    pinned = set(laboratory.signing_certs) if laboratory else set()
    for one in signers:
        if not pinned.isdisjoint(one.chain):
            continue
        if facts.signed_by:
            yield OTHER.found("laboratory", signer=one.signer, known=facts.signed_by)
        elif laboratory and pinned:
            yield OTHER.found(signer=one.signer, laboratory=laboratory.name)
        else:
            yield UNTRUSTED.found(signer=one.signer)


def _expired(facts: CertificateFacts, signers: Iterable[Signature]) -> Iterator[Finding]:
    """Certificates that did not hold when the file was signed, or when we first had it.

    Later is of no matter: we have kept the file's digest since it came.
    """
    received = facts.received_on
    for one in signers:
        signed = _day(one.signed_at)
        until = _day(one.holds_until)
        if one.is_expired:
            yield EXPIRED.found(signer=one.signer, signed=one.signed_at)
        elif received and signed and signed > received + _SLACK:
            yield EXPIRED.found("future", signer=one.signer, signed=signed, received=received)
        elif received and until and until + _SLACK < received:
            yield EXPIRED.found("received", signer=one.signer, until=until, received=received)


def _day(moment: str) -> date | None:
    return date.fromisoformat(moment[: len("2029-03-01")]) if moment else None
