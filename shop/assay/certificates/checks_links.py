"""Where do the report's codes and addresses lead?

Which hosts are a laboratory's own is staff's word. Laboratories publish through services, aliases
and storage, so that a host which is not on record is a question; it fails only where it stands
against the address that the report itself prints.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shop.assay.certificates.facts import (
    SURE,
    CertificateFacts,
    FieldName,
    LaboratoryFacts,
)
from shop.assay.certificates.hosts import Address, is_under, keeper, opened, site_of
from shop.assay.certificates.inside import DocumentLink, LinkKind
from shop.assay.certificates.keys import name_key, words_of
from shop.assay.certificates.known_hosts import (
    ACCREDITORS,
    CITED,
    EVERYBODYS,
    PRODUCT_LINKS,
    SHORTENERS,
    VENDORS,
)
from shop.assay.certificates.saying import doubt, place_of, say
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Place, Rule, Severity

HOST_KNOWN = Rule(
    "certificate.verify_host_known",
    Severity.OK,
    Outcome.PASSED,
    {DEFAULT: "The report leads to {observed} to look it up, a host on record for {laboratory}."},
)
HOST_UNKNOWN = Rule(
    "certificate.verify_host_unknown",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {
        DEFAULT: "The report leads to {observed} to look it up, which is not among the hosts on "
        "record for {laboratory}.",
        "vendor": "The report leads to {observed} to look it up, a service that many laboratories "
        "use. Our record of {laboratory} does not name it.",
        "short": "The report leads to {observed} to look it up, a service of short links: where it "
        "ends cannot be seen on the report.",
        "shared": "The report leads to {observed} to look it up, where anyone can keep files.",
        "brand": "The report leads to {observed} to look it up: to the brand, not to {laboratory}.",
        "unrecorded": "The report leads to {observed} to look it up. We hold no record of its "
        "laboratory to compare that with.",
    },
)
HOST_MISMATCH = Rule(
    "certificate.verify_host_mismatch",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "The code on the report leads to {observed}, and the address printed beside it to "
        "{expected}.",
        "unclear": "The code on the report leads to {observed}; we read the address printed beside "
        "it unclearly, as {expected}.",
        "similar": "The code on the report leads to {observed}, and the address printed beside it "
        "to {expected}, which has a similar name.",
        "website": "The code on the report leads to {observed}, and the report names the site "
        "{expected} for looking it up.",
    },
)
LINK_UNRELATED = Rule(
    "certificate.link_unrelated",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {
        DEFAULT: "The report bears an address at {observed}, which belongs neither to "
        "{laboratory} nor to anyone else whom we know to be named on reports."
    },
)
RULES = (HOST_KNOWN, HOST_UNKNOWN, HOST_MISMATCH, LINK_UNRELATED)
_NEUTRAL = PRODUCT_LINKS | EVERYBODYS | ACCREDITORS | CITED
_MOST = 5  # findings of one rule
_SHORTEST_NAME = 4  # letters by which a host and a name are told to be alike


@dataclass(frozen=True, slots=True)
class _LookUp:
    """An address at which the report can be looked up, as it says itself."""

    address: Address
    place: Place | None

    @property
    def host(self) -> str:
        return self.address.host


def answers(facts: CertificateFacts) -> Iterator[Finding]:
    """Where one looks the report up, and where else it leads."""
    codes = tuple(_codes(facts))
    printed = _printed(facts)
    yield from _hosts(facts, (*codes, *([printed] if printed else [])))
    if printed is not None:
        yield from _mismatches(facts, codes, printed)
    yield from _unrelated(facts)


def is_own(facts: CertificateFacts, address: Address) -> bool:
    """Whether our record of the laboratory names the host, or the bucket of a shared store."""
    return facts.laboratory is not None and is_laboratorys(facts.laboratory, address)


def is_laboratorys(laboratory: LaboratoryFacts, address: Address) -> bool:
    names = (*laboratory.domains, *laboratory.verify_hosts)
    return is_under(keeper(address), names)


def is_lookup(address: Address) -> bool:
    """Whether a report can be meant to be looked up there: not at everybody's, nor in a law."""
    return keeper(address) != address.host or not is_under(address.host, _NEUTRAL)


def _codes(facts: CertificateFacts) -> Iterator[_LookUp]:
    for link in facts.inside.links:
        address = opened(link.url) if link.kind is LinkKind.QR else None
        if address is not None and is_lookup(address):
            yield _LookUp(address, _place(link))


def _printed(facts: CertificateFacts) -> _LookUp | None:
    field = facts.field(FieldName.VERIFY_URL)
    address = opened(field.value) if field is not None and field.value else None
    is_meant = address is not None and is_lookup(address)
    return _LookUp(address, place_of(field)) if address and is_meant else None


def _hosts(facts: CertificateFacts, look_ups: Iterable[_LookUp]) -> Iterator[Finding]:
    """One answer for each host, good news once."""
    laboratory = facts.laboratory.name if facts.laboratory else ""
    by_host = {look_up.host: look_up for look_up in reversed(tuple(look_ups))}
    own = [look_up for look_up in by_host.values() if is_own(facts, look_up.address)]
    for look_up in own[-1:]:
        details = {"observed": look_up.host, "laboratory": laboratory}
        yield say(HOST_KNOWN, about=look_up.place, details=details)
    others = [look_up for look_up in reversed(by_host.values()) if look_up not in own]
    for look_up in others[:_MOST]:
        details = {"observed": look_up.host, "laboratory": laboratory}
        variant = _variant(facts, look_up.address)
        yield say(HOST_UNKNOWN, variant, about=look_up.place, details=details)


def _variant(facts: CertificateFacts, address: Address) -> str:
    if is_under(address.host, SHORTENERS):
        return "short"
    if not keeper(address):
        return "shared"
    if facts.laboratory is None:
        return "unrecorded"
    if is_under(address.host, VENDORS):
        return "vendor"
    return "brand" if is_under(address.host, facts.brand_domains) else DEFAULT


def _mismatches(
    facts: CertificateFacts, codes: Iterable[_LookUp], printed: _LookUp
) -> Iterator[Finding]:
    """A code that leads elsewhere than the address printed beside it, and nothing explains it."""
    for code in codes:
        if site_of(code.host) == site_of(printed.host) or _is_explained(facts, code, printed):
            continue
        details = {"observed": code.host, "expected": printed.host}
        variant = _mismatch(facts, code, printed)
        speak = say if variant == DEFAULT else doubt
        yield speak(HOST_MISMATCH, variant, about=code.place, details=details)
        return


def _mismatch(facts: CertificateFacts, code: _LookUp, printed: _LookUp) -> str:
    """How sure it is that the two addresses should agree; DEFAULT where nothing speaks for it."""
    field = facts.field(FieldName.VERIFY_URL)
    if field is None or field.confidence < SURE:
        return "unclear"
    if _has_hosts(facts):  # then a name that is only similar, and on no record, is another one
        return DEFAULT
    if _is_similar(code.host, printed.host):
        return "similar"
    is_bare = printed.address.path == "/" and not printed.address.query
    is_front = printed.host.removeprefix("www.") == site_of(printed.host)
    return "website" if is_bare and is_front else DEFAULT


def _has_hosts(facts: CertificateFacts) -> bool:
    return facts.laboratory is not None and bool(
        facts.laboratory.domains or facts.laboratory.verify_hosts
    )


def _is_explained(facts: CertificateFacts, code: _LookUp, printed: _LookUp) -> bool:
    """Own hosts, services, short links and stores: what is not on record is asked of each host."""
    between = (*VENDORS, *SHORTENERS, *facts.brand_domains)
    return (
        is_own(facts, code.address)
        or is_under(code.host, between)
        or is_under(printed.host, between)
        or keeper(code.address) != code.host
        or keeper(printed.address) != printed.host
    )


def _is_similar(host: str, other: str) -> bool:
    """Whether one's name holds the other's: northmere.example, northmere-reports.example."""
    first, second = _label(host), _label(other)
    return min(len(first), len(second)) >= _SHORTEST_NAME and (first in second or second in first)


def _unrelated(facts: CertificateFacts) -> Iterator[Finding]:
    """Hosts of nobody who is usually named on a report; unasked where we know none of its own."""
    laboratory = facts.laboratory
    if laboratory is None or not _has_hosts(facts):
        return
    known = (*VENDORS, *_NEUTRAL, *facts.brand_domains)
    own = {site_of(host) for host in (*laboratory.domains, *laboratory.verify_hosts)}
    named = [facts.field(name) for name in (FieldName.CLIENT, FieldName.BRAND)]
    clients = [field.value for field in named if field]
    clients += [facts.expected.brand] if facts.expected else []
    told: set[str] = set()
    for link in facts.inside.links:
        site = site_of(link.host)
        if link.kind is LinkKind.QR or site in told | own or is_under(link.host, known):
            continue
        if any(_is_named(link.host, client) for client in clients):
            continue
        told.add(site)
        details = {"observed": link.host, "laboratory": laboratory.name}
        yield say(LINK_UNRELATED, about=_place(link), details=details)
        if len(told) == _MOST:
            return


def _is_named(host: str, name: str) -> bool:
    """Whether the host's name is that of a company: marenoak.example for "Maren & Oak Ltd"."""
    label, plain = _label(host), "".join(name_key(name).split())
    if min(len(label), len(plain)) < _SHORTEST_NAME:
        return False
    return label in plain or plain in label or "".join(words_of(name)) == label


def _label(host: str) -> str:
    return site_of(host).partition(".")[0].replace("-", "")


def _place(link: DocumentLink) -> Place | None:
    return Place(link.page, link.box) if link.page >= 1 else None
