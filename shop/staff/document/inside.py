"""What is in the file beside its pages: how it was made, signatures, addresses, codes?

Addresses and what codes hold are shown as text, never as links: they are a stranger's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from shop.assay.certificates.inside import (
    DocumentLink,
    Inside,
    LinkKind,
    Metadata,
    Modification,
    Signature,
)
from shop.assay.policy import Mark
from shop.assay.vocabulary import readable
from shop.certificates.models import Certificate
from shop.web.words import Words

_LINKS = {
    LinkKind.TEXT: "printed",
    LinkKind.LINK: "to be clicked",
    LinkKind.QR: "in a code",
    LinkKind.EMAIL: "in an e-mail address",
}
_LATER = {
    Modification.NONE: "Nothing was added after it",
    Modification.LTA: "Only what helps to check it later was added after it",
    Modification.METADATA: "What the file says of its making was changed after it",
    Modification.UNUSED: "Parts that nothing uses were added after it",
    Modification.SIGNATURES: "More signatures were added after it",
    Modification.FORMS: "Form fields were filled in after it",
    Modification.OTHER: "Something else was changed after it, or it cannot be told",
}


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A signature: in whose name, when by its own account, and what holds of it."""

    signer: str
    signed_at: str
    facts: Sequence[Words]
    certificate: str  # SHA-256, hex


@dataclass(frozen=True, slots=True)
class HostRow:
    """A host that the document names, how, and the addresses in full."""

    host: str
    how: str
    urls: Sequence[str]


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A QR code or barcode and what it holds."""

    format: str
    payload: str
    page: int


@dataclass(frozen=True, slots=True)
class InsideView:
    """`making` holds a label and a value each; `problem` is why no signature is believed."""

    making: Sequence[tuple[str, str]]
    signatures: Sequence[SignatureRow]
    problem: str
    hosts: Sequence[HostRow]
    codes: Sequence[CodeRow]

    @property
    def count(self) -> int:
        parts = (self.making, self.signatures, self.hosts, self.codes)
        return sum(len(part) for part in parts) + bool(self.problem)


def view(certificate: Certificate, inside: Inside) -> InsideView:
    """What was seen; empty for a file that was never looked into."""
    return InsideView(
        making=list(_making(inside.metadata, inside.history.revisions)),
        signatures=[_signature(each) for each in inside.signatures.found],
        problem=inside.signatures.problem,
        hosts=_hosts(inside.links),
        codes=[_code(each) for each in certificate.codes],
    )


def _making(metadata: Metadata, revisions: int) -> Iterable[tuple[str, str]]:
    told = (
        ("Written by", metadata.producer),
        ("Made with", metadata.creator),
        ("Made on", readable(metadata.created)),
        ("Changed on", readable(metadata.modified)),
        ("Made on, second record", _if_other(metadata.xmp_created, metadata.created)),
        ("Changed on, second record", _if_other(metadata.xmp_modified, metadata.modified)),
        ("Other programs named", ", ".join(metadata.tools)),
        ("Earlier revisions in the file", str(revisions) if revisions else ""),
    )
    return ((label, value) for label, value in told if value)


def _if_other(second: str, first: str) -> str:
    return readable(second) if second != first else ""


def _signature(signature: Signature) -> SignatureRow:
    facts = [
        _told("What was signed is unchanged", "What was signed was changed", signature.is_intact),
        _told("Made with its certificate", "Not made with its certificate", signature.is_valid),
        _told("Covers the whole file", "Covers a part of the file", signature.covers_file),
    ]
    if signature.is_expired:
        facts.append(Words(Mark.WARN, "Its certificate did not hold on that day"))
    if signature.is_time_stamp:
        facts.append(Words(Mark.INFO, "A time stamp: says when, and nothing of who"))
    facts.append(Words(Mark.INFO, _LATER[signature.modification]))
    facts += [Words(Mark.NONE, f"Doubt: {doubt.replace('_', ' ')}") for doubt in signature.doubts]
    return SignatureRow(
        signature.signer or "Nobody named",
        _moment(signature.signed_at),
        facts,
        signature.certificate,
    )


def _told(good: str, bad: str, is_so: bool) -> Words:  # noqa: FBT001 - the answer itself
    return Words(Mark.OK, good) if is_so else Words(Mark.WARN, bad)


def _moment(text: str) -> str:
    try:
        return f"{datetime.fromisoformat(text):%-d %b %Y, %H:%M}"
    except ValueError:
        return text


def _hosts(links: Iterable[DocumentLink]) -> list[HostRow]:
    ordered = sorted(links, key=lambda link: link.host)
    rows = []
    for host, each in groupby(ordered, key=lambda link: link.host):
        found = list(each)
        how = ", ".join(dict.fromkeys(_LINKS[link.kind] for link in found))
        rows.append(HostRow(host, how, list(dict.fromkeys(link.url for link in found))))
    return rows


def _code(code: Mapping[str, object]) -> CodeRow:
    page = code.get("page")
    return CodeRow(
        str(code.get("format", "")),
        str(code.get("payload", "")),
        page if isinstance(page, int) else 0,
    )
