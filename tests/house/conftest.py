"""A shop with a part of the demo in it, an order and a cart: what the house's routes need."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import event

from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.assay.sellers.facts import ProofMethod
from shop.assay.sellers.published import ListedSeller
from shop.assay.vocabulary import Subject, SubjectKind
from shop.catalog import service as catalog
from shop.certificates import accreditations, confirming, laboratory_pins
from shop.certificates import service as certificates
from shop.certificates.models import Certificate
from shop.certificates.signing_certificates import Holder
from shop.demo import loading
from shop.factory import create_app
from shop.ledger import service as ledger
from shop.plumbing import clock
from shop.plumbing.db import db, transaction
from shop.sellers import by_hand, list_records, lists, protecting, proving
from shop.sellers import service as sellers
from shop.sellers.models import Domain
from shop.verdicts import disputes
from shop.web.context import current_shop
from tests.conftest import make_config

SERUM = "maren-oak-rosemary-scalp-serum"
HAIRIZ = "hairiz-3d-exosome"
PRODUCTS = (SERUM, HAIRIZ)
PASSWORD = "a long and plain password"  # noqa: S105 - of an account that lives for a test
ADMIN = "house@assay.example"
CHECKED = "https://brand.example/.well-known/authorized-sellers.json"
MISTAKE = {"path": "$.sellers[0].domains", "message": "Write a list.", "is_warning": False}


@dataclass(frozen=True)
class House:
    """A running application and the public names of some of what is in it."""

    app: Flask
    names: dict[str, str]

    def visitor(self) -> FlaskClient:
        return self.app.test_client()

    def admin(self) -> FlaskClient:
        """A client that is signed in."""
        client = self.app.test_client()
        with self.app.app_context(), transaction():
            user = next(user for user in accounts.staff() if user.email == ADMIN)
            token = accounts.open_sign_in(user)
        client.set_cookie("assay_staff", token)
        return client


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    app = create_app(make_config(tmp_path_factory.mktemp("house")))
    app.testing = True
    with app.app_context():
        upgrade()
        loading.load(
            clock.today(),
            store=current_shop().blobs,
            transaction=transaction,
            context=app.app_context,
            progress=lambda _stage, _done, _total: None,
            only=PRODUCTS,
        )
        with transaction():
            accounts.add_staff(ADMIN, "House", PASSWORD, Role.ADMIN)
            _dispute()
            protecting.mark_unrelated(
                "hairiz", "hairitz", reason="Two firms.", staff_id="", at=clock.now()
            )
            ledger.write_checkpoint()
            _start_a_proof()
            _look_after_a_brand()
            _look_after_a_laboratory()
        names = _names()
        db.session.remove()
    yield House(app, names)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def statements(house: House) -> Iterator[list[str]]:
    """Every statement that the database was sent since the test began."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        sent.append(statement)

    with house.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def _names() -> dict[str, str]:
    """Something real for each variable part of an address."""
    serum = catalog.product_by_slug(SERUM)
    hairiz = catalog.product_by_slug(HAIRIZ)
    certificate = _certificate()
    laboratory = certificate.laboratory
    assert laboratory is not None
    variant = catalog.variants_of(serum.id)[0]
    lot = catalog.lot_to_ship(variant.id)
    assert lot is not None
    picture = catalog.media_of([serum.id])[serum.id][0]
    address = _address()
    return {
        "slug": SERUM,
        "certificate": certificate.public_id,
        "variant": variant.public_id,
        "lot": lot.public_id,
        "lot_code": lot.code,
        "picture": f"{picture.blob}.svg",
        "offer": sellers.offers_for(hairiz.id)[0].public_id,
        "domain": address.public_id,
        "challenge": proving.challenges_of([address.id])[address.id][0].public_id,
        "retailer": sellers.retailers()[0].public_id,
        "laboratory": laboratory.public_id,
        "accreditation": accreditations.accreditations_of(laboratory.id)[0].public_id,
        "pin": laboratory_pins.pins_of(laboratory.id)[0].public_id,
        "confirmation": confirming.confirmations_of(certificate.id)[0].public_id,
        "dispute": disputes.waiting()[0].public_id,
        "mark": protecting.marks()[0].public_id,
        "brand": serum.brand.slug,
        "document": _document(serum.brand_id),
        "check": lists.ask_check(CHECKED).public_id,
        "staff": accounts.staff()[0].public_id,
        "sha256": ledger.entry(0).verdict_sha256,
        "folder": str(Path(current_shop().config.data_dir)),
    }


def _dispute() -> None:
    offer = sellers.offers_for(catalog.product_by_slug(HAIRIZ).id)[0]
    subject = Subject(SubjectKind.OFFER, offer.public_id)
    disputes.open_dispute(subject, "We are on the list.", "a@shop.example", at=clock.now())


def _start_a_proof() -> None:
    """A look has told something, so that its page shows all that it can."""
    started = proving.start(_address(), ProofMethod.FILE, staff_id="house", at=clock.now())
    seen = {"at": clock.now().isoformat(), "problem": "nothing_there", "detail": "404"}
    started.challenge.looks = [seen, seen]


def _document(brand_id: int) -> str:
    """The letter that is kept of a brand."""
    return next(row.document for row in list_records.authorizations(brand_id) if row.document)


def _look_after_a_brand() -> None:
    """What a letter says of a seller, a list with a mistake, and a check of a list."""
    brand = catalog.product_by_slug(SERUM).brand
    kept = current_shop().blobs.put(b"Dear Assay, please list Zeta Shop.")
    letter = ListedSeller("Zeta Shop", ("zeta.example",), paths=("/stores/one",))
    by_hand.name_seller(brand, letter, document=kept, staff_id="house")
    source = lists.use_source(brand, lists.default_url(brand.id))
    source.problem, source.problems = "not_accepted", [MISTAKE]
    source.tried_at = source.failing_since = clock.now()
    check = lists.ask_check(CHECKED)
    check.read_at, check.report = clock.now(), {"problem": "not_accepted", "problems": [MISTAKE]}


def _address() -> Domain:
    """One of a retailer's."""
    owned = (sellers.retailer_domains(retailer.id) for retailer in sellers.retailers())
    return next(domains for domains in owned if domains)[0]


def _look_after_a_laboratory() -> None:
    """A page kept of its accreditation, a certificate to agree to, and its letter."""
    certificate = _certificate()
    laboratory = certificate.laboratory
    assert laboratory is not None
    kept = current_shop().blobs.put(b"We confirm this report.")
    accreditations.accreditations_of(laboratory.id)[0].document = kept
    moment = clock.now()
    holder = Holder("ab" * 32, "Reports", "Reports", moment, moment, is_authority=False)
    laboratory_pins.ask(laboratory, holder, source="Its letter", staff="house", at=moment)
    confirming.keep_letter(
        certificate,
        who="Reports <reports@laboratory.example>",
        dated=moment.date(),
        document=kept,
        staff="house",
        at=moment,
    )


def _certificate() -> Certificate:
    serum = catalog.product_by_slug(SERUM)
    return next(each for each in certificates.for_product(serum.id) if each.page_count)
