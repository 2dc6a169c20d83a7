"""Was the laboratory accredited for these tests, and is it nobody's own?"""

from collections.abc import Iterator

from shop.assay.certificates import accreditation
from shop.assay.certificates.facts import (
    AccreditationFacts,
    CertificateFacts,
    FieldName,
    LaboratoryFacts,
)
from shop.assay.certificates.inside import LinkKind
from shop.assay.certificates.keys import name_key
from shop.assay.certificates.laboratory_names import distinctive, is_generic
from shop.assay.certificates.saying import doubt, say
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Rule, Severity

ACCREDITED = Rule(
    "certificate.lab_accredited",
    Severity.OK,
    Outcome.PASSED,
    {
        DEFAULT: "{body} had accredited the laboratory when the tests were made: {number}, which "
        "we saw there on {checked}."
    },
)
NOT_ACCREDITED = Rule(
    "certificate.lab_not_accredited",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {
        DEFAULT: "We have not seen that {name} is accredited.",
        "printed": "The report prints the accreditation {observed}. We have not seen it at the "
        "body that grants it.",
        "inactive": "{body} lists the accreditation {number} as not in force.",
        "later": "The accreditation {number} by {body} began on {date}, after the tests.",
        "undated": "The report gives no day of the tests, so we cannot say whether the laboratory "
        "was accredited on it.",
    },
    "ISO/IEC 17025:2017",
)
EXPIRED = Rule(
    "certificate.accreditation_expired",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "The accreditation {number} by {body} ended on {date}, before the tests on {day}."},
)
SCOPE_PARTIAL = Rule(
    "certificate.scope_partial",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {
        DEFAULT: "The accreditation that we saw does not list the methods of {count} of {total} "
        "results: {methods}.",
        "unnamed": "{count} of {total} results name no method, so we cannot say whether the "
        "accreditation covers them.",
        "unlisted": "We saw the accreditation {number}, and have not written down what it covers.",
    },
    "ISO/IEC 17011:2017, 8.2.2",
)
NOT_INDEPENDENT = Rule(
    "certificate.not_independent",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {
        DEFAULT: "The laboratory bears the brand's name: {observed}.",
        "client": "The laboratory and its client are one: {observed}.",
        "domain": "The laboratory's domain {observed} is one of the brand's.",
        "email": "The only addresses on the report are the brand's: {observed}.",
    },
)
RULES = (ACCREDITED, NOT_ACCREDITED, EXPIRED, SCOPE_PARTIAL, NOT_INDEPENDENT)
# These speak of what is on record about the laboratory, not of the document.
OF_RECORDS = frozenset({NOT_ACCREDITED.code, EXPIRED.code, SCOPE_PARTIAL.code})
_MOST_METHODS = 5
_SHORTEST_NAME = 3


def answers(facts: CertificateFacts) -> Iterator[Finding]:
    """The accreditation of a laboratory on record, and whose laboratory it is."""
    if facts.laboratory is not None:
        yield from _accredited(facts, facts.laboratory)
    dependent = next(_dependence(facts), None)
    if dependent is not None:
        yield dependent


def _accredited(facts: CertificateFacts, laboratory: LaboratoryFacts) -> Iterator[Finding]:
    view = accreditation.scope_of(facts)
    if not view.accreditations:
        yield _not_accredited(facts, laboratory)
        return
    first = view.accreditations[0]
    if first.checked_on is not None:
        yield ACCREDITED.found(body=first.body, number=first.number, checked=first.checked_on)
    if not facts.results:
        return
    if not any(entry.strip() for each in view.accreditations for entry in each.scope):
        yield SCOPE_PARTIAL.found("unlisted", number=first.number)
        return
    total = len(facts.results)
    if view.outside:
        methods = ", ".join(dict.fromkeys(each.method for each in view.outside[:_MOST_METHODS]))
        yield SCOPE_PARTIAL.found(count=len(view.outside), total=total, methods=methods)
    elif view.unnamed and not view.covered:  # of some, method_missing speaks
        yield SCOPE_PARTIAL.found("unnamed", count=len(view.unnamed), total=total)


def _not_accredited(facts: CertificateFacts, laboratory: LaboratoryFacts) -> Finding:
    """Why none holds on the day of the tests, beginning with the newest."""
    day = accreditation.tested_on(facts)
    on_record = [each for each in laboratory.accreditations if each.checked_on is not None]
    if not on_record:
        printed = facts.field(FieldName.ACCREDITATION)
        if printed is not None and printed.value:
            return say(NOT_ACCREDITED, "printed", about=printed, details={"observed": printed.raw})
        return NOT_ACCREDITED.found(name=laboratory.name)
    if day is None:
        return NOT_ACCREDITED.found("undated")
    newest = max(on_record, key=_newest)
    details = {"body": newest.body, "number": newest.number}
    if not newest.is_active:
        return doubt(NOT_ACCREDITED, "inactive", details=details)
    if newest.valid_to is not None and newest.valid_to < day:
        dates = {"date": newest.valid_to.isoformat(), "day": day.isoformat()}
        return say(EXPIRED, details={**details, **dates})
    began = newest.valid_from.isoformat() if newest.valid_from else ""
    return doubt(NOT_ACCREDITED, "later", details={**details, "date": began})


def _newest(seen: AccreditationFacts) -> tuple[bool, bool, str]:
    """In force before not, without an end before with one, the later end before the earlier."""
    return seen.is_active, seen.valid_to is None, str(seen.valid_to or "")


def _dependence(facts: CertificateFacts) -> Iterator[Finding]:
    """What ties the laboratory to the brand or to its client, the strongest first."""
    printed = facts.field(FieldName.LAB_NAME)
    laboratory = facts.laboratory
    names = [printed.value] if printed else []
    names += [laboratory.name, *laboratory.aliases] if laboratory else []
    brands = [facts.expected.brand] if facts.expected else []
    if field := facts.field(FieldName.BRAND):
        brands.append(field.value)
    client = facts.field(FieldName.CLIENT)
    for name in names:
        if any(_is_own(name, brand) for brand in brands):
            yield say(NOT_INDEPENDENT, about=printed, details={"observed": name})
        if client and _is_own(name, client.value):
            yield say(NOT_INDEPENDENT, "client", about=client, details={"observed": name})
    for domain in laboratory.domains if laboratory else ():
        if _is_under(domain, facts.brand_domains):
            yield NOT_INDEPENDENT.found("domain", observed=domain)
    hosts = {link.host: link.kind for link in facts.inside.links if link.kind is not LinkKind.LINK}
    # A report is also addressed to the brand: its address alone among others says nothing.
    is_by_mail = LinkKind.EMAIL in hosts.values()
    if is_by_mail and all(_is_under(host, facts.brand_domains) for host in hosts):
        yield NOT_INDEPENDENT.found("email", observed=", ".join(sorted(hosts)))


def _is_own(laboratory: str, company: str) -> bool:
    """Whether the laboratory is named like the company, with only its trade added."""
    if not name_key(laboratory) or not name_key(company):
        return False
    if name_key(laboratory) == name_key(company):
        return True
    own, other = distinctive(laboratory), distinctive(company)
    telling = "".join(other)
    return own == other and len(telling) >= _SHORTEST_NAME and not is_generic(telling)


def _is_under(host: str, domains: tuple[str, ...]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)
