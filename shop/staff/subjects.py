"""What is a subject called on the desk, and where is its page?"""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from shop.assay.vocabulary import Subject, SubjectKind
from shop.certificates import titles as certificate_titles
from shop.certificates.models import Certificate
from shop.certificates.titles import Titled
from shop.sellers import protecting
from shop.sellers import titles as offer_titles
from shop.sellers.models import Offer, Unrelated


@dataclass(frozen=True, slots=True)
class Described:
    """A subject in a list. `address` is empty where it has no page on the desk."""

    title: str
    about: str
    sender: str  # staff public id, else words
    address: str


def described(subjects: Iterable[Subject]) -> dict[Subject, Described]:
    """All of them in a query for each kind and two more. One that is gone has its id."""
    wanted = list(subjects)
    documents = certificate_titles.titles(_ids(wanted, SubjectKind.CERTIFICATE))
    links = offer_titles.offers(_ids(wanted, SubjectKind.OFFER))
    marks = protecting.marks_by_id(_ids(wanted, SubjectKind.NAMES))
    found = {
        SubjectKind.CERTIFICATE: {key: _document(each) for key, each in documents.items()},
        SubjectKind.OFFER: {key: _link(each) for key, each in links.items()},
        SubjectKind.NAMES: {key: _names(each) for key, each in marks.items()},
    }
    return {
        subject: found.get(subject.kind, {}).get(subject.public_id) or _unknown(subject)
        for subject in wanted
    }


def of_certificate(certificate: Certificate) -> Subject:
    return Subject(SubjectKind.CERTIFICATE, certificate.public_id)


def of_offer(offer: Offer) -> Subject:
    return Subject(SubjectKind.OFFER, offer.public_id)


def of_names(mark: Unrelated) -> Subject:
    return Subject(SubjectKind.NAMES, mark.public_id)


def _ids(subjects: Iterable[Subject], kind: SubjectKind) -> list[str]:
    return [subject.public_id for subject in subjects if subject.kind is kind]


def _unknown(subject: Subject) -> Described:
    return Described(f"{subject.kind.value.capitalize()} {subject.public_id}", "", "", "")


def _document(document: Titled) -> Described:
    certificate = document.certificate
    variant, lot = certificate.variant, certificate.lot
    brand = variant.product.brand.name if variant is not None else "No product yet"
    return Described(
        title=f"Certificate {document.title}",
        about=f"{brand}, lot {lot.code}" if lot is not None else brand,
        sender=certificate.uploaded_by,
        address=url_for("certificates.review", public_id=certificate.public_id),
    )


def _link(link: Offer) -> Described:
    return Described(
        title=link.host or link.url[:80],
        about=f"Seller of {link.product.name}",
        sender=link.source[:80],
        address=url_for("sellers.offer", public_id=link.public_id),
    )


def _names(mark: Unrelated) -> Described:
    return Described(
        title=f"{mark.name} and {mark.other}",
        about="Names of two companies",
        sender=mark.staff_id,
        address=url_for("unrelated.show", public_id=mark.public_id),
    )
