"""How does a register of claims, kept as a table, come into ours?

One row is one claim with the study that was offered for it. Loading twice changes nothing; a row
that came to say something else adds a grade, and the earlier one stays on record.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import select

from shop.assay.claims.facts import ClaimClass, ClaimStatus, Direction, Letter, Match, StudyType
from shop.catalog.models import Product
from shop.claims import service
from shop.claims.models import Claim, Evidence
from shop.plumbing.db import db
from shop.plumbing.errors import Refused

Row = Mapping[str, str]

REQUIRED = ("register_id", "product", "claim_text", "claim_class", "grade")
# A register may have more columns: `quote` (the exact words), `said_where`, `sentence` (beside the
# grade) and `contradicted_by` (another row, whose study speaks against this claim).

_LETTERS: Mapping[str, Letter | None] = MappingProxyType(
    {
        "high": Letter.HIGH,
        "moderate": Letter.MODERATE,
        "low": Letter.LOW,
        "very low": Letter.VERY_LOW,
        "none": Letter.NONE_FOUND,
        "contradicted": Letter.CONTRADICTED,
        "not-found": Letter.CITATION_NOT_FOUND,
        "not graded here": None,
        "n/a": None,
        "": None,
    }
)
_STATUSES: Mapping[str, ClaimStatus] = MappingProxyType(
    {
        "rejected": ClaimStatus.REJECTED,
        "approved": ClaimStatus.APPROVED,
        "accepted with limits": ClaimStatus.APPROVED_WITH_WORDING,
    }
)
_MATCHES: Mapping[str, Match] = MappingProxyType(
    {
        "same product": Match.SAME_PRODUCT,
        "similar product": Match.SIMILAR_PRODUCT,
        "class, not product": Match.SAME_INGREDIENT,
    }
)
_DESIGNS: Sequence[tuple[str, StudyType]] = (
    ("systematic review of randomi", StudyType.SYSTEMATIC_REVIEW_RCT),
    ("systematic review", StudyType.SYSTEMATIC_REVIEW_MIXED),
    ("randomi", StudyType.RCT),
    ("prospective single-arm", StudyType.SINGLE_ARM),
    ("single-arm", StudyType.SINGLE_ARM),
    ("retrospective cohort", StudyType.COHORT),
    ("cohort", StudyType.COHORT),
    ("spontaneous report", StudyType.CASE_REPORT),
    ("consumer perception", StudyType.CONSUMER_PERCEPTION),
)
_NO_STUDY = frozenset({"", "not located", "none offered"})
_DOI = re.compile(r"\b(10\.[0-9]{4,9}/[^\s\"<>()]+)")
_LEADING_NUMBER = re.compile(r"[0-9]{1,9}")
_WITH_STUDY = frozenset({Letter.HIGH, Letter.MODERATE, Letter.LOW, Letter.VERY_LOW})


@dataclass(frozen=True, slots=True)
class Summary:
    """What a register brought."""

    claims: int
    new_claims: int
    new_grades: int


def import_register(rows: Iterable[Row], product: Product) -> Summary:
    """Load the rows about this product, which comes with its brand, in the caller's transaction.

    Raises Refused, naming the row, when one says something that the register has no word for.
    """
    table = list(rows)
    by_id = {row.get("register_id", ""): row for row in table}
    name = f"{product.brand.name} {product.name}".casefold()
    ours = [row for row in table if row.get("product", "").strip().casefold() == name]
    new_claims = new_grades = 0
    for row in ours:
        _check(row)
        claim, is_new = _claim(row, product)
        new_claims += is_new
        new_grades += _grade(claim, row)
        _link(claim, row, Direction.PARTLY)
        against = by_id.get(_cell(row, "contradicted_by"))
        if against is not None:
            _link(claim, against, Direction.CONTRADICTS)
    return Summary(len(ours), new_claims, new_grades)


def _check(row: Row) -> None:
    number = _cell(row, "register_id") or "without a number"
    missing = [name for name in REQUIRED if name not in row]
    unknown = _cell(row, "grade") not in _LETTERS or _cell(row, "claim_class") not in set(
        ClaimClass
    )
    if missing or unknown or not _cell(row, "register_id") or not _cell(row, "claim_text"):
        code = "claims.register_row"
        message = (
            f"Row {number} of the register cannot be read: it needs {', '.join(REQUIRED)}, "
            f"a grade such as {', '.join(filter(None, _LETTERS))}, and a class such as "
            f"{', '.join(ClaimClass)}."
        )
        raise Refused(code, message, row=number, missing=missing)


def _claim(row: Row, product: Product) -> tuple[Claim, bool]:
    number = _cell(row, "register_id")
    query = select(Claim).where(Claim.product_id == product.id, Claim.code == number)
    quote = _cell(row, "quote")
    text = quote or _cell(row, "claim_text")
    status = _STATUSES.get(_cell(row, "status"), ClaimStatus.NEEDS_EVIDENCE)
    claim = db.session.scalars(query).first()
    if claim is None:
        claim = service.add_claim(
            product,
            text,
            code=number,
            said_where=_cell(row, "said_where") or "Advertisement",
            status=status,
            claim_class=ClaimClass(_cell(row, "claim_class")),
            is_verbatim=bool(quote),
            jurisdictions=[part for part in _cell(row, "jurisdiction").split(";") if len(part) > 1],
        )
        return claim, True
    claim.text, claim.text_sha256 = text, service.text_digest(text)
    claim.is_verbatim, claim.status = bool(quote), status
    db.session.flush()
    return claim, False


def _grade(claim: Claim, row: Row) -> bool:
    """Whether the row says something about the claim's evidence that was not on record."""
    letter = _LETTERS[_cell(row, "grade")]
    if letter is None:
        return False
    sentence = _cell(row, "sentence") or _sentence(letter, row)
    before = next(iter(service.grades_of(claim)), None)
    if before is not None and (before.letter, before.sentence) == (letter, sentence):
        return False
    level = _number(_cell(row, "ocebm_level"))
    service.grade(
        claim,
        letter,
        sentence=sentence,
        n=_number(_cell(row, "n")) if letter in _WITH_STUDY else None,
        product_match=_match(row) if letter in _WITH_STUDY else None,
        funding=_cell(row, "funding") or "not stated",
        cebm_level=level,
        downgrades=[part for part in _cell(row, "grade_downgrades").split(";") if len(part) > 1],
    )
    return True


def _sentence(letter: Letter, row: Row) -> str:
    """What stands beside the grade when the register has no sentence of its own."""
    note = _cell(row, "note").rstrip(".")
    ending = f" {note}." if note else ""
    match letter:
        case Letter.CITATION_NOT_FOUND:
            return f"Citation not found.{ending}"
        case Letter.NONE_FOUND:
            return f"No study of this product is on file.{ending}"
        case Letter.CONTRADICTED:
            return f"The evidence on file says otherwise.{ending}"
        case Letter.HIGH | Letter.MODERATE | Letter.LOW | Letter.VERY_LOW:
            return f"{_cell(row, 'evidence_title').rstrip('.')}.{ending}"


def _link(claim: Claim, row: Row, direction: Direction) -> None:
    evidence = _evidence(row)
    if evidence is not None:
        service.link(claim, evidence, direction=direction, product_match=_match(row))


def _evidence(row: Row) -> Evidence | None:
    title = _cell(row, "evidence_title")
    if title.lower() in _NO_STUDY:
        return None
    doi = _DOI.search(_cell(row, "evidence_id"))
    same = select(Evidence).where(Evidence.title == title, Evidence.doi.is_(None))
    known = None if doi else db.session.scalars(same).first()
    design = _cell(row, "study_type")
    return known or service.add_evidence(
        service.Study(
            title=title,
            study_type=_study_type(design),
            n=_number(_cell(row, "n")),
            doi=doi[1].lower() if doi else "",
            design=design,
            population=_cell(row, "population"),
            outcome=_cell(row, "outcome"),
            funding=_cell(row, "funding"),
        )
    )


def _study_type(design: str) -> StudyType | None:
    return next((kind for start, kind in _DESIGNS if design.lower().startswith(start)), None)


def _match(row: Row) -> Match:
    return _MATCHES.get(_cell(row, "intervention_match"), Match.OTHER)


def _number(text: str) -> int | None:
    found = _LEADING_NUMBER.match(text)
    return int(found[0]) if found else None


def _cell(row: Row, name: str) -> str:
    return (row.get(name) or "").strip()
