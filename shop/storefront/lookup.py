"""What do we know about the code that somebody read from a bottle?"""

from collections.abc import Sequence
from dataclasses import dataclass

from shop.assay.policy import Mark, weight
from shop.assay.vocabulary import Subject, SubjectKind
from shop.catalog import service as catalog
from shop.catalog.models import Lot, LotStatus
from shop.certificates import service as certificates
from shop.certificates.models import Status
from shop.storefront.reports import Report, report
from shop.verdicts import service as verdicts
from shop.web.words import Words

_SUPERSEDED = Status.SUPERSEDED


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page says. `lot` is None for a code that is on no record."""

    code: str
    told: Words
    lot: Lot | None = None
    report: Report | None = None
    near: Sequence[Lot] = ()
    others: Sequence[Lot] = ()


def look_up(code: str, product_slug: str = "") -> Answer:
    """Tested, known but not tested, recalled, withdrawn, or not on record."""
    found = catalog.find_lot(code)
    named = [lot for lot in found if lot.variant.product.slug == product_slug] or found
    if not named:
        return Answer(code, _unknown(code), near=catalog.lots_like(code))
    if len(named) > 1:
        return Answer(code, _several(code, named), others=named)
    lot = named[0]
    told = _report(lot)
    return Answer(lot.code, _told(lot, told), lot, told)


def _report(lot: Lot) -> Report | None:
    """The document that speaks for the lot (policy.weight)."""
    filed = [each for each in certificates.for_lot(lot.id) if each.status != _SUPERSEDED]
    subjects = [Subject(SubjectKind.CERTIFICATE, each.public_id) for each in filed]
    published = verdicts.current_for(subjects)
    reports = [
        report(each, published.get(subject)) for each, subject in zip(filed, subjects, strict=True)
    ]
    return max(reports, key=lambda each: weight(each.told.mark), default=None)


def _told(lot: Lot, told: Report | None) -> Words:
    if lot.status == LotStatus.RECALLED:
        text = f"{_named(lot)} that was recalled. Keep the pack, and do not use what is in it."
        return Words(Mark.STOP, "Recalled. Stop using this lot", text)
    if told is None:
        text = (
            f"{_named(lot)}. Nobody has shown us a laboratory report for it. "
            "That does not mean that it is unsafe. No recall is in force."
        )
        return Words(Mark.NONE, "We know this lot, and it has no certificate on file", text)
    return _of_certificate(lot, told)


def _of_certificate(lot: Lot, told: Report) -> Words:
    match told.told.mark:
        case Mark.OK | Mark.PART:
            text = f"{_named(lot)}. No recall is in force."
            return Words(told.told.mark, "This lot has a verified certificate", text)
        case Mark.STOP if told.is_withdrawn:
            text = (
                f"{_named(lot)} whose report was withdrawn. The product has not been recalled, "
                "but nothing now vouches for this lot."
            )
            return Words(Mark.STOP, "The certificate for this lot was withdrawn", text)
        case Mark.STOP | Mark.WARN:
            text = f"{_named(lot)}. Our findings say why. No recall is in force."
            return Words(
                told.told.mark, "The certificate for this lot did not pass our checks", text
            )
        case _:
            text = f"{_named(lot)}. We have its certificate and have not settled it yet."
            return Words(Mark.REVIEW, "The certificate for this lot is in review", text)


def _unknown(code: str) -> Words:
    text = (
        f"We looked for {code} in every lot on record and found nothing. "
        "That alone says nothing against the bottle."
    )
    return Words(Mark.NONE, "We have no record of this lot", text)


def _several(code: str, lots: Sequence[Lot]) -> Words:
    text = f"{len(lots)} products have a lot with the code {code}. Choose yours."
    return Words(Mark.INFO, "More than one product has this code", text)


def _named(lot: Lot) -> str:
    product = lot.variant.product
    size = f", {lot.variant.size}" if lot.variant.size else ""
    return f"{lot.code} is a lot of {product.brand.name} {product.name}{size}"
