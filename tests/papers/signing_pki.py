"""Certificates of an invented laboratory, of its neighbours, and of people who would be it."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AT = datetime(2026, 10, 3, 12, tzinfo=UTC)  # when everybody here signs
BEGINS, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
LABORATORY = "Northmere Analytical"
SIGNING = ("digital_signature", "content_commitment")
_USES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)
# Of 512 bits together, which today's libraries refuse to make.
_SHORT_PRIMES = (
    0xC69B0C09C9E41B9A356653F4FA35A2785F7EFB1BFC746511236603D202B50E03,
    0xFAEE71EA3B5BFB9EC8B0D9F739BDB5285DFA17DC4972D779B67E0E3BC2BB26AB,
)


@dataclass(frozen=True)
class Holder:
    """A certificate with its key, and whoever gave it, up to a root."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    above: "Holder | None" = None

    @property
    def pin(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def key_der(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    def givers(self) -> list["Holder"]:
        return [] if self.above is None else [self.above, *self.above.givers()]


def issue(
    name: str,
    above: Holder | None = None,
    *,
    begins: datetime = BEGINS,
    ends: datetime = ENDS,
    is_authority: bool = False,
    uses: Sequence[str] | None = SIGNING,
    purposes: Sequence[x509.ObjectIdentifier] = (),
    bits: int = 0,
    number: int | None = None,
) -> Holder:
    """A certificate, self-signed where nobody is above; an RSA key where bits are given."""
    key = _key(bits)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, LABORATORY),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(above.certificate.subject if above else subject)
        .public_key(key.public_key())
        .serial_number(number or x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
    )
    uses = ("key_cert_sign", "crl_sign") if is_authority else uses
    if uses is not None:
        usage = x509.KeyUsage(**{use: use in uses for use in _USES})
        builder = builder.add_extension(usage, critical=True)
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    certificate = builder.sign(above.key if above else key, hashes.SHA256())
    return Holder(certificate, key, above)


@functools.cache
def laboratory() -> Holder:
    """The laboratory's own authority: the one that staff pinned."""
    root = issue("Northmere Group Root", is_authority=True)
    return issue("Northmere Signing Authority", root, is_authority=True)


@functools.cache
def analyst() -> Holder:
    return issue("Northmere Analytical", laboratory())


@functools.cache
def manager() -> Holder:
    return issue("Ruth Adeyemi, laboratory manager", laboratory(), bits=2048)


@functools.cache
def other_laboratory() -> Holder:
    return issue("Fellside Testing", issue("Fellside Authority", is_authority=True))


@functools.cache
def stranger() -> Holder:
    """Made at home, with the laboratory's name on it."""
    return issue("Northmere Analytical")


@functools.cache
def namesake() -> Holder:
    """Given by an authority that bears the very name of the laboratory's own."""
    root = issue("Northmere Group Root", is_authority=True)
    return issue(
        "Northmere Analytical", issue("Northmere Signing Authority", root, is_authority=True)
    )


@functools.cache
def expired() -> Holder:
    return issue("Northmere Analytical", laboratory(), ends=AT - timedelta(days=30))


@functools.cache
def early() -> Holder:
    return issue("Northmere Analytical", laboratory(), begins=AT + timedelta(days=30))


@functools.cache
def for_ciphers() -> Holder:
    return issue("Northmere Analytical", laboratory(), uses=("key_encipherment",))


@functools.cache
def web_server() -> Holder:
    purposes = (ExtendedKeyUsageOID.SERVER_AUTH,)
    return issue("www.northmere.example", laboratory(), purposes=purposes)


@functools.cache
def short() -> Holder:
    return issue("Northmere Analytical", laboratory(), bits=1024)


@functools.cache
def shortest() -> Holder:
    return issue("Northmere Analytical", laboratory(), bits=512)


@functools.cache
def given_by_analyst() -> Holder:
    """By somebody who was never allowed to give any."""
    return issue("Northmere Analytical", analyst())


@functools.cache
def stamper() -> Holder:
    """An office that stamps times, RSA as the library for tests wants it."""
    purposes = (ExtendedKeyUsageOID.TIME_STAMPING,)
    return issue("Time office", issue("Time root", is_authority=True), purposes=purposes, bits=2048)


def revoking(*holders: Holder) -> bytes:
    """The authority's list of revoked certificates."""
    above = laboratory()
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(above.certificate.subject)
        .last_update(AT)
        .next_update(AT + timedelta(days=30))
    )
    for holder in holders:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(holder.certificate.serial_number)
            .revocation_date(AT - timedelta(days=1))
            .build()
        )
    return builder.sign(above.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _key(bits: int) -> ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey:
    if not bits:
        return ec.generate_private_key(ec.SECP256R1())
    if bits > 512:
        return rsa.generate_private_key(65537, bits)
    p, q = _SHORT_PRIMES
    d = pow(65537, -1, (p - 1) * (q - 1))
    parts = (rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q))
    public = rsa.RSAPublicNumbers(65537, p * q)
    return rsa.RSAPrivateNumbers(p, q, d, *parts, public).private_key()
