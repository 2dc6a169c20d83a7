"""What of a laboratory's record bears on one document? Only that is among its facts.

A decision holds for exactly the facts that a person saw. So what cannot bear on a document is left
out: a host that it does not lead to, or a pin for a file that is not signed. Otherwise each new
host would send every approved report of the laboratory back to a person.
"""

from collections.abc import Iterable, Sequence

from shop.assay.certificates import checks_signatures
from shop.assay.certificates.facts import (
    AccreditationFacts,
    Code,
    Field,
    FieldName,
    LaboratoryFacts,
    field_of,
)
from shop.assay.certificates.hosts import opened, site_of
from shop.assay.certificates.inside import Inside, Signatures
from shop.certificates import accreditations, laboratories
from shop.certificates.models import Accreditation, Certificate, Laboratory


def sites(fields: Iterable[Field], codes: Iterable[Code], inside: Inside) -> frozenset[str]:
    """The registrable names of everything that the document leads to."""
    printed = field_of(fields, FieldName.VERIFY_URL)
    urls = [printed.value] if printed is not None else []
    urls += [code.payload for code in codes]
    addresses = filter(None, map(opened, urls))
    hosts = {link.host for link in inside.links} | {each.host for each in addresses}
    return frozenset(map(site_of, hosts))


def laboratory(
    row: Laboratory | None, reached: frozenset[str], signatures: Signatures
) -> LaboratoryFacts | None:
    """Its record, as far as it bears on a document that leads to `reached` (see `sites`)."""
    if row is None or row.retired_at is not None:
        return None
    return LaboratoryFacts(
        row.public_id,
        row.legal_name,
        tuple(row.aliases),
        tuple(row.domains),
        _verify_hosts(row, reached),
        tuple(map(_accreditation, accreditations.accreditations_of(row.id))),
        tuple(row.signing_certs) if signatures.found else (),
    )


def similar_name(certificate: Certificate, fields: Iterable[Field]) -> str:
    """A name on record that is easily taken for the one printed, where that is on none."""
    printed = field_of(fields, FieldName.LAB_NAME)
    if certificate.laboratory_id is not None or printed is None:
        return ""
    return laboratories.similar_to(printed.value)


def bearing(
    domains: Sequence[str], reached: frozenset[str], laboratory: LaboratoryFacts | None
) -> tuple[str, ...]:
    """A brand's domains that the document leads to, or that are its laboratory's."""
    own = {site_of(host) for host in laboratory.domains} if laboratory is not None else set()
    return tuple(sorted({each for each in domains if site_of(each) in reached | own}))


def signed_by(certificate: Certificate, signatures: Signatures) -> str:
    """Another laboratory, to whose record a certificate is pinned that vouches for a signature."""
    digests = checks_signatures.digests(signatures)
    if not digests:
        return ""
    return next(
        (
            known.legal_name
            for known in laboratories.laboratories()
            if known.id != certificate.laboratory_id and digests.intersection(known.signing_certs)
        ),
        "",
    )


def _verify_hosts(row: Laboratory, reached: frozenset[str]) -> tuple[str, ...]:
    """Those of `reached`; all where they are all that is known of its addresses."""
    found = [each for each in row.verify_hosts if site_of(each.partition("/")[0]) in reached]
    return tuple(found if row.domains else row.verify_hosts)


def _accreditation(row: Accreditation) -> AccreditationFacts:
    checked_at = row.first_checked_at or row.checked_at
    return AccreditationFacts(
        body=row.body,
        number=row.number,
        scope=tuple(row.scope),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        is_active=row.status == accreditations.AccreditationStatus.ACTIVE,
        checked_on=checked_at.date() if checked_at else None,
    )
