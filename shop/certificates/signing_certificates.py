"""Which certificate did somebody paste or choose? X.509, as PEM or DER, one and nothing else."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from shop.plumbing.errors import Refused

MOST_BYTES = 100_000
_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]{1,60})-----")
_CERTIFICATES = frozenset({b"CERTIFICATE", b"X509 CERTIFICATE", b"TRUSTED CERTIFICATE"})
_LONGEST = 300
# What a file with a private key begins with in DER: a sequence, then version 0, 1 or 3
# (PKCS #1 and #8, SEC 1, PKCS #12). A certificate begins with a sequence in a sequence.
_LENGTH = rb"(?:[\x00-\x7f]|\x81.|\x82..|\x83...)"
_KEY_IN_DER = re.compile(rb"0" + _LENGTH + rb"\x02\x01[\x00\x01\x03]", re.DOTALL)
# PKCS #8 under a password: a sequence, then the way of locking it (PKCS #5 or #12).
_LOCKED_KEY_IN_DER = re.compile(
    rb"0" + _LENGTH + rb"0" + _LENGTH + rb"\x06.\x2a\x86\x48\x86\xf7\x0d\x01[\x05\x0c]",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Holder:
    """What a certificate says. `sha256` is of its DER form, hex."""

    sha256: str
    name: str
    issuer: str
    valid_from: datetime
    valid_to: datetime
    is_authority: bool  # it may vouch for certificates of others


def read(content: bytes) -> Holder:
    """What the bytes of a certificate say. Raises Refused for anything else.

    A private key is refused by name and goes nowhere: not into a log, nor back onto the page.
    """
    if len(content) > MOST_BYTES:
        _refuse("laboratory.pin_large", "A certificate has a few thousand characters. Choose one.")
    kinds = _PEM.findall(content)
    is_locked = _LOCKED_KEY_IN_DER.match(content)
    if any(b"PRIVATE KEY" in kind for kind in kinds) or _KEY_IN_DER.match(content) or is_locked:
        _refuse(
            "laboratory.pin_private",
            "This is a private key, or a file that holds one. We did not keep it. Whoever has it "
            "can sign as the laboratory: tell the laboratory, and ask for its certificate alone.",
        )
    if len(kinds) > 1:
        message = f"These are {len(kinds)} parts. Enter the signing certificate alone."
        _refuse("laboratory.pin_many", message)
    if kinds and kinds[0] not in _CERTIFICATES:
        _refuse("laboratory.pin_kind", "This is no certificate. Enter one as PEM, .cer or .crt.")
    return _holder(_parsed(content, is_pem=bool(kinds)))


def _parsed(content: bytes, *, is_pem: bool) -> x509.Certificate:
    try:
        if is_pem:
            return x509.load_pem_x509_certificate(content)
        return x509.load_der_x509_certificate(content)
    except ValueError as problem:
        code = "laboratory.pin_kind"
        message = "This is no certificate. Enter one as PEM, .cer or .crt."
        raise Refused(code, message) from problem


def _holder(found: x509.Certificate) -> Holder:
    try:
        return Holder(
            hashlib.sha256(found.public_bytes(Encoding.DER)).hexdigest(),
            _name(found.subject),
            _name(found.issuer),
            found.not_valid_before_utc,
            found.not_valid_after_utc,
            _is_authority(found),
        )
    except ValueError as problem:  # what is read when it is asked for may be broken too
        code = "laboratory.pin_kind"
        message = "This certificate cannot be read. Ask the laboratory for it again."
        raise Refused(code, message) from problem


def _name(name: x509.Name) -> str:
    """As signatures name their holder: the common name, else all of it."""
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    organisation = name.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    parts = [str(each.value) for each in (*common, *organisation)]
    text = ", ".join(dict.fromkeys(parts)) or name.rfc4514_string() or "Nobody is named"
    return "".join(letter if letter.isprintable() else " " for letter in text)[:_LONGEST]


def _is_authority(found: x509.Certificate) -> bool:
    try:
        return found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _refuse(code: str, message: str) -> None:
    raise Refused(code, message)
