"""What is said of a product, what bears on it, and how much that weighs?"""

import hashlib
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from shop.assay.claims import grading
from shop.assay.claims.facts import (
    ClaimClass,
    ClaimStatus,
    Direction,
    Letter,
    Match,
    ProductKind,
    StudyType,
)
from shop.catalog.models import Product
from shop.claims.models import Claim, ClaimEvidence, Evidence, Grade
from shop.plumbing import clock
from shop.plumbing.db import db
from shop.plumbing.errors import Refused

# A draft is nobody's business yet, and what was withdrawn is no longer said.
_SHOWN = tuple(set(ClaimStatus) - {ClaimStatus.DRAFT, ClaimStatus.WITHDRAWN})
_WITH_STUDIES = frozenset({Letter.HIGH, Letter.MODERATE, Letter.LOW, Letter.VERY_LOW})


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A piece of evidence as a shopper reads it."""

    title: str
    summary: str  # "Randomized trial of this product, 64 people. Paid for by ..."
    link: str  # empty: none
    identifier: str  # "doi:10.1111/jocd.15869, not yet checked by us"

    def __str__(self) -> str:
        ends = f" {self.identifier}." if self.identifier else ""
        return f"{self.title.rstrip('.')}. {self.summary}{ends}"


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as the panel shows it."""

    public_id: str
    quote: str
    is_verbatim: bool
    said_where: str
    letter: str  # empty: not graded yet
    level: int  # 0 to 4, the steps of the bar
    words: str
    tags: tuple[grading.Tag, ...]
    sentence: str
    evidence: tuple[EvidenceRow, ...]
    reviewed_on: date | None


@dataclass(frozen=True, slots=True)
class Study:
    """What is known of a piece of evidence when it is put on record."""

    title: str
    study_type: StudyType | None = None
    n: int | None = None
    year: int | None = None
    doi: str = ""
    url: str = ""
    design: str = ""
    population: str = ""
    outcome: str = ""
    funding: str = ""
    details: Mapping[str, object] = field(default_factory=dict)  # other columns of Evidence


def claims_for(product_id: int) -> list[ClaimRow]:
    """The claims of a product in order, each with its latest grade, in one query."""
    of_claim = select(func.max(Grade.id)).where(Grade.claim_id == Claim.id)
    newest = of_claim.correlate(Claim).scalar_subquery()
    query = (
        select(Claim, Grade, ClaimEvidence)
        .outerjoin(Grade, Grade.id == newest)
        .outerjoin(ClaimEvidence, ClaimEvidence.claim_id == Claim.id)
        .options(joinedload(ClaimEvidence.evidence))
        .where(Claim.product_id == product_id, Claim.status.in_(_SHOWN))
        .order_by(Claim.position, Claim.id, ClaimEvidence.id)
    )
    rows = db.session.execute(query)
    return [
        _row(claim, given, filter(None, (link for *_, link in same)))
        for (claim, given), same in itertools.groupby(rows, key=lambda row: row[:2])
    ]


def add_claim(
    product: Product,
    text: str,
    *,
    said_where: str,
    status: ClaimStatus = ClaimStatus.NEEDS_EVIDENCE,
    claim_class: ClaimClass = ClaimClass.COSMETIC,
    product_kind: ProductKind = ProductKind.COSMETIC,
    is_verbatim: bool = True,
    code: str | None = None,
    jurisdictions: Sequence[str] = (),
    reviewer: str = "",
    reviewed_at: datetime | None = None,
) -> Claim:
    """Put a statement on record, after those that are there. Raises Refused without words."""
    if not text.strip():
        refusal = "claims.no_text"
        raise Refused(refusal, "Enter the words of the claim.")
    count = select(func.count()).select_from(Claim).where(Claim.product_id == product.id)
    claim = Claim(
        product_id=product.id,
        code=code,
        text=text.strip(),
        text_sha256=text_digest(text),
        is_verbatim=is_verbatim,
        said_where=said_where,
        jurisdictions=list(jurisdictions),
        product_kind=product_kind,
        claim_class=claim_class,
        status=status,
        reviewer=reviewer,
        reviewed_at=reviewed_at,
        position=db.session.scalar(count) or 0,
    )
    db.session.add(claim)
    db.session.flush()
    return claim


def add_evidence(study: Study) -> Evidence:
    """Put evidence on record, or find it there by its DOI."""
    known = select(Evidence).where(Evidence.doi == study.doi) if study.doi else None
    found = db.session.scalars(known).first() if known is not None else None
    if found is not None:
        return found
    evidence = Evidence(
        title=study.title,
        doi=study.doi or None,
        url=study.url,
        year=study.year,
        study_type=study.study_type or "",
        design=study.design,
        n_enrolled=study.n,
        population=study.population,
        outcome=study.outcome,
        funding=study.funding,
        **study.details,
    )
    db.session.add(evidence)
    db.session.flush()
    return evidence


def link(
    claim: Claim,
    evidence: Evidence,
    *,
    direction: Direction = Direction.SUPPORTS,
    product_match: Match = Match.OTHER,
) -> ClaimEvidence:
    """Say how evidence bears on a claim; saying it again changes it."""
    query = select(ClaimEvidence).where(
        ClaimEvidence.claim_id == claim.id, ClaimEvidence.evidence_id == evidence.id
    )
    bond = db.session.scalars(query).first()
    if bond is None:
        bond = ClaimEvidence(claim_id=claim.id, evidence_id=evidence.id)
        db.session.add(bond)
    bond.direction = direction
    bond.product_match = product_match
    db.session.flush()
    return bond


def grade(
    claim: Claim,
    letter: Letter,
    *,
    sentence: str,
    n: int | None = None,
    product_match: Match | None = None,
    funding: str = "",
    cebm_level: int | None = None,
    downgrades: Sequence[str] = (),
    graded_by: str = "",
    graded_on: date | None = None,
) -> Grade:
    """Add a grade; the earlier ones stay. Raises Refused for a letter without its reasons."""
    if not sentence.strip() or (letter in _WITH_STUDIES and product_match is None):
        code = "claims.grade_without_reasons"
        message = "Say in one sentence what was studied, and whether it was this product."
        raise Refused(code, message)
    given = Grade(
        claim_id=claim.id,
        letter=letter,
        sentence=sentence.strip(),
        n=n,
        product_match=product_match or "",
        funding=funding,
        cebm_level=cebm_level,
        downgrades=list(downgrades),
        graded_by=graded_by,
        graded_on=graded_on or clock.today(),
    )
    db.session.add(given)
    db.session.flush()
    return given


def grades_of(claim: Claim) -> Sequence[Grade]:
    """Every grade that the claim has had, the newest first."""
    query = select(Grade).where(Grade.claim_id == claim.id)
    return db.session.scalars(query.order_by(Grade.id.desc())).all()


def text_digest(text: str) -> str:
    """SHA-256 of the words: what a person signs off."""
    return hashlib.sha256(text.strip().encode("utf-8", "replace")).hexdigest()


def _row(claim: Claim, given: Grade | None, links: Iterable[ClaimEvidence]) -> ClaimRow:
    letter = Letter(given.letter) if given else None
    return ClaimRow(
        public_id=claim.public_id,
        quote=claim.text,
        is_verbatim=claim.is_verbatim,
        said_where=claim.said_where if claim.is_verbatim else f"{claim.said_where}, in our words",
        letter=letter or "",
        level=grading.LEVELS[letter] if letter else 0,
        words=grading.WORDS[letter] if letter else grading.NOT_GRADED,
        tags=grading.tags(letter, ClaimClass(claim.claim_class)),
        sentence=given.sentence if given else "",
        evidence=tuple(_evidence_row(each) for each in links),
        reviewed_on=_reviewed_on(claim, given),
    )


def _reviewed_on(claim: Claim, given: Grade | None) -> date | None:
    if claim.reviewed_at is not None:
        return claim.reviewed_at.date()
    return given.graded_on if given else None


def _evidence_row(bond: ClaimEvidence) -> EvidenceRow:
    found = bond.evidence
    kind = StudyType(found.study_type) if found.study_type else None
    phrase = grading.describe(kind, found.n_enrolled, Match(bond.product_match))
    about = f" ({found.population})" if found.population else ""
    paid = grading.paid_by(found.funding)
    year = f" ({found.year})" if found.year else ""
    checked = "" if found.identifier_checked_at else f", {grading.NOT_CHECKED}"
    return EvidenceRow(
        title=f"{found.title}{year}",
        summary=f"{phrase[:1].upper()}{phrase[1:]}{about}. {paid}".rstrip(),
        link=f"https://doi.org/{found.doi}" if found.doi else found.url,
        identifier=f"doi:{found.doi}{checked}" if found.doi else "",
    )
