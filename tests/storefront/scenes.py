"""Products with the papers and sellers that the pages tell of, made by the real services."""

import io
from datetime import UTC, datetime

from PIL import Image

from shop.assay import policy, registry
from shop.assay.certificates import checks as certificate_checks
from shop.assay.sellers import checks as seller_checks
from shop.assay.sellers.facts import Statement
from shop.assay.vocabulary import Decision, Outcome, Subject, SubjectKind, Verdict
from shop.catalog import service as catalog
from shop.certificates import gather as certificate_gather
from shop.certificates import service as certificates
from shop.certificates import storing
from shop.certificates.reader.wire import Preview
from shop.plumbing.blobs import BlobStore
from shop.plumbing.db import transaction
from shop.sellers import gather as seller_gather
from shop.sellers import service as sellers
from shop.sellers.service import OfferWords
from shop.verdicts import service as verdicts
from tests.catalog.factories import make_product
from tests.certificates.factories import make_reading, receive

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
REVIEWER = "reviewer23456789"
ADVERT = "https://americandiscounttableware.com/products/3d-exosome"


def make_serum(tmp_path, *, printed=None, is_approved=True, on_hand=5, **read):
    """Rosemary Scalp Serum with lot MO-2609-B, and its certificate; returns the certificate.

    `read` is what the reader says besides: `results`, `inside`, `previews`.
    """
    with transaction():
        product = make_product(
            lot="MO-2609-B",
            on_hand=on_hand,
            ingredients=("Aqua", "Niacinamide"),
            summary="A light, water-based leave-in for the scalp.",
            usage={"steps": ["Part dry hair.", "Press in."], "frequency": "Once a day"},
        )
        (variant,) = catalog.variants_of(product.id)
        (lot,) = catalog.lots_of([variant.id])
        content = repr(printed).encode() + b"%PDF-1.7"
        certificate = receive(tmp_path, content, lot_id=lot.id).certificate
        reading = make_reading(printed, **{"previews": (make_preview(),), **read})
        blob = BlobStore(tmp_path / "blobs").put(_picture())
        blobs = {(page.number, page.revision): blob for page in reading.previews}
        storing.finish(certificate.public_id, reading, blobs)
        publish_certificate(certificate.public_id, is_approved=is_approved)
        return certificates.by_public_id(certificate.public_id)


def make_hairiz():
    """The product of which nothing is known but an advertisement; returns its offer."""
    with transaction():
        product = make_product("3D Exosome", brand="HAIRIZ", is_for_sale=False, price=None)
        said = OfferWords(label="Named in the advertisement", statement=Statement.AUTHENTIC)
        offer = sellers.add_offer(catalog.product(product.public_id), ADVERT, words=said)
        publish_offer(offer.public_id)
        return offer


def publish_certificate(public_id, *, is_approved=True):
    """Judge the certificate as it stands, perhaps approved by a reviewer, and publish that."""
    facts = certificate_gather.facts(public_id)
    findings = certificate_checks.judge(facts, at=AT)
    subject = Subject(SubjectKind.CERTIFICATE, public_id)
    return _publish(subject, findings, _decision(findings) if is_approved else None)


def publish_offer(public_id, *, decided=None):
    """Judge the offer as it stands, perhaps with a reviewer's decision, and publish that."""
    findings = seller_checks.judge(seller_gather.facts(public_id), at=AT)
    decision = _decision(findings, decided) if decided else None
    return _publish(Subject(SubjectKind.OFFER, public_id), findings, decision)


def publish_findings(public_id, findings):
    """Publish just these about an offer."""
    return _publish(Subject(SubjectKind.OFFER, public_id), tuple(findings), None)


def _decision(findings, outcome=Outcome.PASSED):
    settled = frozenset(each.rule.code for each in findings)
    return Decision(outcome, REVIEWER, AT, settled, "Compared with the label.")


def _publish(subject, findings, decision):
    return verdicts.publish(
        Verdict(
            subject=subject,
            outcome=policy.overall(findings, decision),
            findings=findings,
            rule_set=registry.RULE_SET,
            evidence_sha256="ab" * 32,
            judged_at=AT,
            valid_until=policy.valid_until(AT, ()),
            decision=decision,
        )
    )


def make_preview(**more):
    page = {"number": 1, "width": 1240, "height": 1754, "text": "Certificate of Analysis"}
    return Preview(**{**page, **more})


def _picture():
    drawn = io.BytesIO()
    Image.new("RGB", (124, 175), "white").save(drawn, "WEBP")
    return drawn.getvalue()
