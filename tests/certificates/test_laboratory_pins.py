"""Signing certificates: what is taken, what is refused, and that it takes two people."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from sqlalchemy import delete, select

from shop.assay.certificates.inside import Inside, Modification, Signature, Signatures
from shop.certificates import gather, laboratories, laboratory_pins, signing_certificates
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.plumbing.jobs import Job
from tests.certificates.factories import AT, STAFF, make_certificate

OTHER = "other23456789abc"
FROM, TO = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
KEY = ec.generate_private_key(ec.SECP256R1())


def certificate_of(name="Northmere Reports", *, is_authority=False):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(KEY.public_key())
        .serial_number(7)
        .not_valid_before(FROM)
        .not_valid_after(TO)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .sign(KEY, hashes.SHA256())
    )


CERTIFICATE = certificate_of()
PEM, DER = (CERTIFICATE.public_bytes(each) for each in (Encoding.PEM, Encoding.DER))
DIGEST = hashlib.sha256(DER).hexdigest()
LOCKED = BestAvailableEncryption(b"a word")
OPENSSL, PKCS8 = PrivateFormat.TraditionalOpenSSL, PrivateFormat.PKCS8
KEYS = {
    "pem": KEY.private_bytes(Encoding.PEM, PKCS8, NoEncryption()),
    "pem, locked": KEY.private_bytes(Encoding.PEM, PKCS8, LOCKED),
    "pem of its kind": KEY.private_bytes(Encoding.PEM, OPENSSL, NoEncryption()),
    "pem of its kind, locked": KEY.private_bytes(Encoding.PEM, OPENSSL, LOCKED),
    "der": KEY.private_bytes(Encoding.DER, PKCS8, NoEncryption()),
    "der, locked": KEY.private_bytes(Encoding.DER, PKCS8, LOCKED),
    "der of its kind": KEY.private_bytes(Encoding.DER, OPENSSL, NoEncryption()),
}


@pytest.mark.parametrize(
    "content", [PEM, DER, b"Subject: Northmere\n" + PEM], ids=["pem", "der", "text"]
)
def test_certificate_says_whose_it_is_and_how_long(content):
    holder = signing_certificates.read(content)
    assert (holder.sha256, holder.name) == (DIGEST, "Northmere Reports")
    assert (holder.valid_from, holder.valid_to, holder.is_authority) == (FROM, TO, False)


def test_certificate_of_an_authority_is_known_as_one():
    made = certificate_of(is_authority=True).public_bytes(Encoding.DER)
    assert signing_certificates.read(made).is_authority


@pytest.mark.parametrize("content", KEYS.values(), ids=KEYS)
def test_private_key_is_refused_by_name(content):
    with pytest.raises(Refused) as raised:
        signing_certificates.read(content)
    assert raised.value.code == "laboratory.pin_private"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (PEM + KEYS["pem"], "laboratory.pin_private"),
        (
            pkcs12.serialize_key_and_certificates(b"n", KEY, CERTIFICATE, None, LOCKED),
            "laboratory.pin_private",
        ),
        (PEM + PEM, "laboratory.pin_many"),
        (b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "laboratory.pin_kind"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "laboratory.pin_kind"),
        (b"%PDF-1.7", "laboratory.pin_kind"),
        (b"\x30", "laboratory.pin_kind"),
        (DER[:-1], "laboratory.pin_kind"),
        (b"x" * 100_001, "laboratory.pin_large"),
    ],
)
def test_what_is_no_certificate_is_refused(content, code):
    with pytest.raises(Refused) as raised:
        signing_certificates.read(content)
    assert raised.value.code == code


@pytest.fixture
def northmere(app):
    with transaction():
        return laboratories.add_laboratory("Northmere Analytical")


def signed(tmp_path, content=b"%PDF-1.7 signed", *, printed=None, **more):
    values = {
        "field": "S1",
        "signer": "Northmere Reports",
        "certificate": DIGEST,
        "chain": (DIGEST,),
        "signed_at": "2026-10-03T10:00:00+00:00",
        "is_intact": True,
        "is_valid": True,
        "is_expired": False,
        "covers_file": True,
        "modification": Modification.NONE,
        "holds_until": "2028-01-01",
    }
    found = Signature(**{**values, **more})
    inside = Inside(signatures=Signatures(dictionaries=1, found=(found,)))
    return make_certificate(tmp_path, content, printed=printed, inside=inside)


def ask(laboratory, source="Mail of 3 Oct"):
    holder = signing_certificates.read(PEM)
    return laboratory_pins.ask(laboratory, holder, source=source, staff=STAFF, at=AT)


def test_pin_counts_once_another_person_agrees(northmere, tmp_path):
    with transaction():
        plain = make_certificate(tmp_path)
        document = signed(tmp_path)
        pin = ask(northmere)
        db.session.execute(delete(Job))
    assert gather.facts(document.public_id).laboratory.signing_certs == ()
    with pytest.raises(Refused), transaction():
        laboratory_pins.agree(northmere, pin, staff=STAFF, at=AT)
    before = gather.facts(plain.public_id)

    with transaction():
        laboratory_pins.agree(northmere, pin, staff=OTHER, at=AT)
        laboratory_pins.agree(northmere, pin, staff=OTHER, at=AT + timedelta(hours=1))

    assert pin.agreed_at == AT
    assert gather.facts(document.public_id).laboratory.signing_certs == (DIGEST,)
    assert gather.facts(plain.public_id) == before  # it is not signed
    rung = {job.key for job in db.session.scalars(select(Job))}
    assert f"certificate:{document.public_id}" in rung


def test_removed_pin_counts_no_longer_and_may_be_proposed_again(northmere, tmp_path):
    with transaction():
        stranger = signed(tmp_path, printed={"lab_name_printed": "Calder Testing"})
        pin = ask(northmere)
        laboratory_pins.agree(northmere, pin, staff=OTHER, at=AT)
    assert gather.facts(stranger.public_id).signed_by == "Northmere Analytical"
    with pytest.raises(Refused), transaction():
        laboratory_pins.remove(northmere, pin, reason=" ", staff=STAFF, at=AT)
    with transaction():
        db.session.execute(delete(Job))
        laboratory_pins.remove(northmere, pin, reason="Key lost", staff=STAFF, at=AT)
    assert northmere.signing_certs == []
    assert gather.facts(stranger.public_id).signed_by == ""
    keys = {job.key for job in db.session.scalars(select(Job))}
    assert keys == {f"certificate:{stranger.public_id}"}
    with pytest.raises(Conflict), transaction():
        laboratory_pins.agree(northmere, pin, staff=OTHER, at=AT)
    with transaction():
        ask(northmere)
    assert len(laboratory_pins.pins_of(northmere.id)) == 2


def test_certificate_is_one_laboratorys(northmere):
    with transaction():
        ask(northmere)
        other = laboratories.add_laboratory("Calder Testing")
    with pytest.raises(Conflict) as raised, transaction():
        ask(other)
    assert "Northmere Analytical" in raised.value.message
    with pytest.raises(Refused), transaction():
        ask(other, source=" ")


def test_certificate_seen_on_a_document_is_proposed_from_there(northmere, tmp_path):
    with transaction():
        first = signed(tmp_path)
        signed(tmp_path, b"%PDF-1.7 two")
        signed(tmp_path, b"%PDF-1.7 broken", certificate="c" * 64, is_intact=False)
        signed(tmp_path, b"%PDF-1.7 stamp", certificate="d" * 64, is_time_stamp=True)
    (seen,) = laboratory_pins.seen_on_documents(northmere)
    assert (seen.sha256, seen.certificate.id, seen.documents) == (DIGEST, first.id, 2)
    with transaction():
        pin = laboratory_pins.ask_from_document(northmere, DIGEST, staff=STAFF, at=AT)
    assert (pin.holder, pin.valid_to, pin.certificate_id) == ("Northmere Reports", TO, first.id)
    assert laboratory_pins.seen_on_documents(northmere) == []
    with pytest.raises(NotFound), transaction():
        laboratory_pins.ask_from_document(northmere, "c" * 64, staff=STAFF, at=AT)
