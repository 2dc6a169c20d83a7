"""What does a listing say about a product? Its verdicts side by side, kept in one row.

The row is derived: it is written anew whenever one of the product's verdicts is published, and a
test writes all rows anew and compares.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shop.assay.certificates.facts import FieldName
from shop.assay.policy import Mark, notes, weight
from shop.assay.vocabulary import Outcome, Subject, SubjectKind
from shop.catalog import editing
from shop.catalog import service as catalog
from shop.catalog.models import Headline, Lot, LotStatus
from shop.certificates import service as certificates
from shop.certificates.models import Certificate, Status
from shop.claims import service as claims
from shop.sellers import service as sellers
from shop.verdicts import service as verdicts
from shop.verdicts.service import PublishedVerdict

# "Best documented" first; what is flagged comes last and is never hidden.
_RANKS: Mapping[Mark, int] = {
    Mark.OK: 70,
    Mark.PART: 60,
    Mark.OLD: 50,
    Mark.REVIEW: 40,
    Mark.INFO: 30,
    Mark.NONE: 30,
    Mark.STOP: 10,
    Mark.WARN: 0,
}
# One link that does not match: after the others of its kind, before the next kind.
_SELLER_CAUTION = 5
_HEADLINES: Mapping[Mark, Headline] = {
    Mark.OK: Headline.VERIFIED,
    Mark.PART: Headline.NOTES,
    Mark.STOP: Headline.REJECTED,
    Mark.WARN: Headline.DOES_NOT_MATCH,
}


@dataclass(frozen=True, slots=True)
class View:
    """The row's values: a headline with its details, and the four hallmarks."""

    verification: Mark
    headline: Headline
    details: Mapping[str, str] = field(default_factory=dict)
    certificate: Mark = Mark.NONE
    lot: Mark = Mark.NONE


@dataclass(frozen=True, slots=True)
class Document:
    """A certificate of the product, with its verdict (None: not judged yet)."""

    certificate: Certificate
    verdict: PublishedVerdict | None


def refresh_for(subject: Subject) -> None:
    """Write the rows of every product that the subject bears on."""
    for product_id in _products_of(subject):
        refresh(product_id)


def refresh(product_id: int) -> None:
    """Write a product's row anew, in the caller's transaction."""
    documents = documents_of(product_id)
    offers = [Subject(SubjectKind.OFFER, o.public_id) for o in sellers.offers_for(product_id)]
    published = verdicts.current_for(offers)
    seller_mark = sellers_mark([published.get(offer) for offer in offers])
    view = view_of(lot_on_offer(product_id), documents, seller_mark)
    rows = claims.claims_for(product_id)
    grade = rows[0].level if rows else 0
    is_doubtful = seller_mark is Mark.WARN
    editing.set_standing(
        product_id,
        verification=view.verification,
        headline=view.headline,
        details=view.details,
        certificate=view.certificate,
        lot=view.lot,
        sellers=seller_mark,
        claims_grade=grade,
        rank=_RANKS[view.verification] + grade - (_SELLER_CAUTION if is_doubtful else 0),
    )


def refresh_all() -> int:
    """Write every row anew; returns how many."""
    product_ids = catalog.product_ids()
    for product_id in product_ids:
        refresh(product_id)
    return len(product_ids)


def documents_of(product_id: int) -> list[Document]:
    """The certificates of the product that stand, the newest first, each with its verdict."""
    on_file = certificates.for_product(product_id)
    found = [each for each in on_file if each.status != Status.SUPERSEDED]
    subjects = [Subject(SubjectKind.CERTIFICATE, each.public_id) for each in found]
    published = verdicts.current_for(subjects)
    return [
        Document(each, published.get(subject))
        for each, subject in zip(found, subjects, strict=True)
    ]


def lot_on_offer(product_id: int) -> Lot | None:
    """The lot that the next buyer gets; when none can be sold, the newest."""
    variants = catalog.variants_of(product_id)
    for variant in variants:
        lot = catalog.lot_to_ship(variant.id)
        if lot is not None:
            return lot
    lots = catalog.lots_of([variant.id for variant in variants])
    return max(lots, key=lambda lot: (lot.made_on is not None, lot.made_on, lot.id), default=None)


def view_of(lot: Lot | None, documents: Sequence[Document], seller_mark: Mark) -> View:
    """The headline for the lot on offer, from the best document about it."""
    if lot is not None and lot.status == LotStatus.RECALLED:
        return View(Mark.STOP, Headline.RECALLED, {"lot": lot.code}, lot=Mark.STOP)
    own = [d for d in documents if lot is not None and d.certificate.lot_id == lot.id]
    best = max(own, key=lambda document: weight(_mark_of(document)), default=None)
    if best is not None and lot is not None:
        return _about_the_lot(lot, best)
    earlier = [d for d in documents if _mark_of(d) in {Mark.OK, Mark.PART}]
    if earlier and lot is not None:
        return _about_an_earlier_lot(lot, earlier[0])
    if documents:
        return _about_the_lot(lot, documents[0])
    if seller_mark is Mark.WARN:
        return View(Mark.WARN, Headline.SELLER_MISMATCH)
    return View(Mark.NONE, Headline.NONE)


def sellers_mark(published: Sequence[PublishedVerdict | None]) -> Mark:
    """One hallmark for all offers: a contradiction is never averaged away."""
    outcomes = [each.verdict.outcome if each is not None else None for each in published]
    if Outcome.FAILED in outcomes:
        return Mark.WARN
    if Outcome.PASSED not in outcomes:
        return Mark.NONE
    return Mark.OK if set(outcomes) == {Outcome.PASSED} else Mark.PART


def _about_the_lot(lot: Lot | None, document: Document) -> View:
    mark = _mark_of(document)
    code = lot.code if lot is not None else ""
    tested = _tested_on(document.certificate)
    headline, details = _headline(mark, document)
    details = {"lot": code, "date": tested, **details}
    return View(mark, headline, details, certificate=mark, lot=mark)


def _tested_on(certificate: Certificate) -> str:
    """The day the document gives for its results, as ISO text; empty when it gives none."""
    printed = {row.name: row.value for row in certificates.fields_of(certificate.id)}
    days = (printed.get(name, "") for name in (FieldName.DATE_TESTED, FieldName.DATE_ISSUED))
    return next(filter(None, days), "")


def _headline(mark: Mark, document: Document) -> tuple[Headline, dict[str, str]]:
    if document.verdict is None or mark not in _HEADLINES:
        return Headline.IN_REVIEW, {"date": document.certificate.uploaded_at.isoformat()}
    if document.verdict.is_withdrawn:
        return Headline.WITHDRAWN, {"date": document.verdict.verdict.judged_at.isoformat()}
    if mark is Mark.OK:
        return Headline.VERIFIED, {}
    if mark is Mark.PART:
        return Headline.NOTES, {"count": str(len(notes(document.verdict.verdict.findings)))}
    return _HEADLINES[mark], {"date": document.verdict.verdict.judged_at.isoformat()}


def _about_an_earlier_lot(lot: Lot, document: Document) -> View:
    tested = document.certificate.lot
    details = {"on_sale": lot.code, "lot": tested.code if tested is not None else ""}
    mark = _mark_of(document)
    return View(Mark.OLD, Headline.EARLIER_LOT, details, certificate=mark, lot=Mark.OLD)


def _mark_of(document: Document) -> Mark:
    return Mark.REVIEW if document.verdict is None else document.verdict.mark


def _products_of(subject: Subject) -> list[int]:
    match subject.kind:
        case SubjectKind.CERTIFICATE:
            product_id = certificates.by_public_id(subject.public_id).product_id
            return [] if product_id is None else [product_id]
        case SubjectKind.OFFER:
            return [sellers.offer(subject.public_id).product_id]
        case SubjectKind.CLAIM | SubjectKind.NAMES:
            return []
