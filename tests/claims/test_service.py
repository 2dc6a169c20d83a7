import csv
import re
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from shop.assay.claims.facts import ClaimClass, ClaimStatus, Direction, Letter, Match, StudyType
from shop.catalog import service as catalog
from shop.claims import service
from shop.claims.importing import Summary, import_register
from shop.claims.models import Claim, Evidence
from shop.claims.service import Study
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Refused
from tests.catalog import factories

ROOT = Path(__file__).parents[2]
SEED = ROOT / "tests" / "corpus" / "claims" / "claims_register_seed.csv"
SHIPPED = ROOT / "shop" / "demo" / "data" / "claims_register.csv"


def make_product(*args, **more):
    return catalog.product(factories.make_product(*args, **more).public_id)


def make_hairiz():
    return make_product("3D Exosome", brand="HAIRIZ", price=None, is_for_sale=False)


def read(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_panel_shows_quote_grade_sentence_and_evidence(app):
    with transaction():
        product = make_product()
        claim = service.add_claim(
            product,
            " Leaves hair looking fuller in 12 weeks. ",
            said_where="On the pack",
            reviewed_at=datetime(2026, 11, 2, tzinfo=UTC),
        )
        study = service.add_evidence(
            Study(
                title="User study, 12 weeks",
                study_type=StudyType.CONSUMER_PERCEPTION,
                n=42,
                year=2025,
                funding="Maren & Oak",
            )
        )
        service.link(claim, study, product_match=Match.SAME_PRODUCT)
        service.grade(
            claim,
            Letter.LOW,
            sentence="One brand-run user study of this product: 42 people.",
            n=42,
            product_match=Match.SAME_PRODUCT,
            funding="Maren & Oak",
        )

    row = service.claims_for(product.id)[0]
    assert (row.quote, row.said_where) == (
        "Leaves hair looking fuller in 12 weeks.",
        "On the pack",
    )
    assert (row.letter, row.level, row.words, row.tags) == ("C", 2, "Limited evidence", ())
    assert row.reviewed_on == date(2026, 11, 2)
    assert [str(each) for each in row.evidence] == [
        (
            "User study, 12 weeks (2025). Survey of users of this product, 42 people. "
            "Paid for by Maren & Oak."
        )
    ]


def test_newest_grade_counts_and_the_old_ones_stay(app):
    with transaction():
        product = make_product()
        claim = service.add_claim(product, "Shines.", said_where="On the pack")
        service.grade(claim, Letter.NONE_FOUND, sentence="Nothing on file.")
        service.grade(
            claim, Letter.VERY_LOW, sentence="One test.", product_match=Match.SAME_PRODUCT
        )

    assert service.claims_for(product.id)[0].level == 1
    assert [each.letter for each in service.grades_of(claim)] == ["D", "E"]


@pytest.mark.parametrize(
    "change", ["UPDATE claim_grade SET letter = 'A'", "DELETE FROM claim_grade"]
)
def test_grade_cannot_be_rewritten_even_past_the_application(app, change):
    with transaction():
        claim = service.add_claim(make_product(), "Shines.", said_where="On the pack")
        service.grade(claim, Letter.NONE_FOUND, sentence="Nothing on file.")

    with pytest.raises(IntegrityError, match="append-only"), transaction():
        db.session.execute(text(change))
    assert [each.letter for each in service.grades_of(claim)] == ["E"]


@pytest.mark.parametrize(
    ("letter", "given"),
    [
        (Letter.HIGH, {"sentence": "Two trials."}),  # of this product, or of another?
        (Letter.NONE_FOUND, {"sentence": " "}),
    ],
)
def test_letter_without_its_reasons_is_refused(app, letter, given):
    with transaction():
        claim = service.add_claim(make_product(), "Shines.", said_where="On the pack")
        with pytest.raises(Refused):
            service.grade(claim, letter, **given)


def test_claim_without_words_is_refused(app):
    with transaction(), pytest.raises(Refused):
        service.add_claim(make_product(), "  ", said_where="On the pack")


def test_draft_and_withdrawn_claims_are_not_shown_and_ungraded_ones_say_so(app):
    with transaction():
        product = make_product()
        for status in ClaimStatus:
            service.add_claim(product, status, said_where="On the pack", status=status)

    rows = service.claims_for(product.id)
    assert {row.quote for row in rows} == set(ClaimStatus) - {"draft", "withdrawn"}
    assert {row.words for row in rows} == {"Not graded yet"}
    assert [tag.words for tag in rows[0].tags] == ["Not graded yet"]


def test_evidence_is_on_record_once_by_its_doi_and_says_what_nobody_opened(app):
    with transaction():
        product = make_product()
        claim = service.add_claim(product, "Shines.", said_where="On the pack")
        first = service.add_evidence(Study(title="A trial", doi="10.1000/x1"))
        again = service.add_evidence(Study(title="The same trial", doi="10.1000/x1"))
        service.link(claim, first)
        service.link(claim, again, direction=Direction.CONTRADICTS)

    evidence = service.claims_for(product.id)[0].evidence
    assert [each.identifier for each in evidence] == ["doi:10.1000/x1, not yet checked by us"]
    assert evidence[0].link == "https://doi.org/10.1000/x1"

    with transaction():
        first.identifier_checked_at = datetime(2026, 11, 2, tzinfo=UTC)
    assert service.claims_for(product.id)[0].evidence[0].identifier == "doi:10.1000/x1"


def test_panel_takes_one_query_however_many_claims(app):
    with transaction():
        product = make_product()
        for number in range(9):
            claim = service.add_claim(product, f"Claim {number}", said_where="On the pack")
            service.link(claim, service.add_evidence(Study(title=f"Study {number}")))
            service.grade(claim, Letter.NONE_FOUND, sentence="Nothing.")
    product_id = product.id
    db.session.expunge_all()

    with counted_queries() as statements:
        rows = service.claims_for(product_id)
    assert [row.quote for row in rows] == [f"Claim {number}" for number in range(9)]
    assert len(statements) == 1
    assert service.claims_for(product_id + 1) == []


def test_register_is_read_as_its_authors_keep_it(app):
    with transaction():
        product = make_hairiz()
        summary = import_register(read(SEED), product)

    rows = {row.quote: row for row in service.claims_for(product.id)}
    assert summary == Summary(claims=4, new_claims=4, new_grades=4)
    percentage = next(row for quote, row in rows.items() if "78%" in quote)
    assert not percentage.is_verbatim
    assert percentage.said_where == "Advertisement, in our words"
    assert (percentage.letter, percentage.level) == ("U", 0)
    assert percentage.sentence.startswith("Citation not found.")
    follicles = rows["exosomes re-enter dormant follicles into growth"]
    assert (follicles.letter, follicles.level) == ("D", 1)
    assert "10.1111/jocd.15869, not yet checked by us" in str(follicles.evidence[0])
    assert db.session.query(Claim).first().jurisdictions == ["US", "UK", "EU"]


def test_register_as_shipped_quotes_the_percentage_and_never_states_it(app):
    with transaction():
        product = make_hairiz()
        import_register(read(SHIPPED), product)

    rows = service.claims_for(product.id)
    assert rows[0].level == 0
    row = next(row for row in rows if "78%" in row.quote)
    assert row.is_verbatim
    assert [tag.words for tag in row.tags] == ["Study not identified", "Medical claim"]
    assert re.match(r"Citation not found\b.* A review .*\bfound one\b", row.sentence)
    for each in rows:
        told = [each.sentence, each.words, *map(str, each.evidence), *(t.words for t in each.tags)]
        assert not any("78" in words for words in told)
        assert each.sentence
    # The review that was found stands beside the claim that it speaks against.
    assert "10.1111/jocd.15869" in str(row.evidence[0])


def test_register_twice_changes_nothing_and_a_new_grade_is_added(app):
    rows = read(SHIPPED)
    with transaction():
        product = make_hairiz()
        import_register(rows, product)
        again = import_register(rows, product)
        for row in rows:
            if row["register_id"] == "C-008":
                row.update(grade="very low", intervention_match="same product", n="12 people")
        changed = import_register(rows, product)

    assert (again.new_claims, again.new_grades) == (0, 0)
    assert (changed.new_claims, changed.new_grades) == (0, 1)
    assert service.claims_for(product.id)[0].level == 1
    assert db.session.query(Evidence).count() == 1


def test_rows_about_other_products_are_left_alone(app):
    with transaction():
        summary = import_register(read(SEED), make_product())
    assert summary == Summary(0, 0, 0)


@pytest.mark.parametrize(
    "fault", [{"grade": "excellent"}, {"claim_class": "magic"}, {"claim_text": ""}]
)
def test_row_that_cannot_be_read_is_refused_by_its_number(app, fault):
    row = read(SEED)[0] | fault
    with transaction(), pytest.raises(Refused, match="Row C-001"):
        import_register([row], make_hairiz())


def test_row_without_its_columns_is_refused(app):
    with transaction(), pytest.raises(Refused, match="Row C-1"):
        import_register([{"register_id": "C-1", "product": "HAIRIZ 3D Exosome"}], make_hairiz())


def test_medical_class_is_kept(app):
    with transaction():
        product = make_hairiz()
        import_register(read(SEED), product)
    classes = {claim.code: claim.claim_class for claim in db.session.query(Claim)}
    assert classes["C-009"] == ClaimClass.DISEASE


@contextmanager
def counted_queries():
    statements = []

    def count(*execution):
        statements.append(execution[2])

    event.listen(db.engine, "before_cursor_execute", count)
    yield statements
    event.remove(db.engine, "before_cursor_execute", count)
