"""Which certificates vouch for the signer's, among those in the file, and is its key fit to sign?

Every certificate in a chain is one from which the signer's can be verified by RFC 5280, were it
the only one that we know. So a pinned digest in the chain is a pinned anchor. That a chain ends in
a root means nothing: anyone can put a root of his own into a file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import cms, x509
from pyhanko.sign.general import find_cms_attribute_iter
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.authority import CertTrustAnchor
from pyhanko_certvalidator.errors import ValidationError
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.validate import async_validate_path

from shop.assay.certificates.inside import SignatureDoubt
from shop.certificates.reader.signatures import TooMuch
from shop.certificates.reader.waiting import finish

_MOST_CERTIFICATES = 16
_MOST_ALIKE = 2  # of one name: an authority and its cross-certificate
_MOST_TRIES = 40
_MOST_STAMPS = 4
_MOST_LIST = 1_000_000  # bytes of lists of revoked certificates
_SHORTEST = {"rsa": 2048, "rsassa_pss": 2048, "dsa": 2048, "ec": 224}
_WEAK = frozenset({"md2", "md5", "sha1"})
_SIGNING = frozenset({"digital_signature", "non_repudiation"})
_STAMPING = frozenset({"1.3.6.1.5.5.7.3.8"})
# Purposes for which a certificate may sign documents: any, code, e-mail, documents (RFC 9336), and
# the ones that Adobe and Microsoft used before it.
_PURPOSES = frozenset(
    {
        "2.5.29.37.0",
        "1.3.6.1.5.5.7.3.3",
        "1.3.6.1.5.5.7.3.4",
        "1.3.6.1.5.5.7.3.36",
        "1.2.840.113583.1.1.5",
        "1.3.6.1.4.1.311.10.3.12",
    }
)
# Many authorities name only this one for people who sign; a web server may bear it as well.
_CLIENT, _SERVER = "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1"


@dataclass(frozen=True, slots=True)
class Chain:
    """The signer's certificate and those that vouch for it."""

    digests: tuple[str, ...]  # SHA-256 in hex, the signer's first
    is_expired: bool  # the signer's certificate did not hold at the moment of signing


def certificates_of(signed: cms.SignedData) -> list[x509.Certificate]:
    """Those that came with the signature. Raises TooMuch where no honest one has so many."""
    found = [
        choice.chosen for choice in signed["certificates"] or () if choice.name == "certificate"
    ]
    names: dict[str, int] = {}
    for certificate in found:
        name = certificate.subject.hashable
        names[name] = names.get(name, 0) + 1
    if len(found) > _MOST_CERTIFICATES or max(names.values(), default=0) > _MOST_ALIKE:
        raise TooMuch
    return found


def refuse_crowds(info: cms.SignerInfo) -> None:
    """Raises TooMuch for more time stamps on a signature than any honest one has, or in them."""
    signed, unsigned = info["signed_attrs"], info["unsigned_attrs"]
    found = [
        *find_cms_attribute_iter(signed, "content_time_stamp"),
        *find_cms_attribute_iter(unsigned, "signature_time_stamp_token"),
    ]
    if len(found) > _MOST_STAMPS:
        raise TooMuch
    for stamp in found:
        certificates_of(stamp["content"])


def chain(
    signer: x509.Certificate, others: list[x509.Certificate], signed_at: datetime | None
) -> Chain:
    """Whoever vouches for the signer at the moment of signing, or while its certificate held."""
    begins, ends = signer.not_valid_before, signer.not_valid_after
    at = signed_at or begins
    moment = min(max(at, begins), ends - timedelta(seconds=1))
    paths, digests = [[signer]], [signer.sha256.hex()]
    for _ in range(_MOST_TRIES):
        if not paths:
            break
        path = paths.pop(0)
        for issuer in _issuers(path, others):
            if issuer.sha256.hex() in digests:
                continue
            try:
                finish(_validated(issuer, path, moment))
            except (ValidationError, ValueError):
                continue
            else:
                digests.append(issuer.sha256.hex())
                paths.append([*path, issuer])
    return Chain(tuple(digests), not begins <= at <= ends)


def doubts(
    info: cms.SignerInfo, signer: x509.Certificate, *, is_stamp: bool
) -> Iterator[SignatureDoubt]:
    """What speaks against relying on a signature that is mathematically right."""
    if info["digest_algorithm"]["algorithm"].native in _WEAK or _hash_of(info) in _WEAK:
        yield SignatureDoubt.WEAK_DIGEST
    key = signer.public_key
    if key.bit_size is not None and key.bit_size < _SHORTEST.get(key.algorithm, 0):
        yield SignatureDoubt.WEAK_KEY
    usage = signer.key_usage_value
    is_for_it = usage is None or bool(set(usage.native) & _SIGNING)
    if not (is_for_it and _has_purpose(signer, is_stamp=is_stamp)):
        yield SignatureDoubt.KEY_USAGE


def name_of(certificate: x509.Certificate) -> str:
    """The holder, on one line and without signs that hide or turn letters."""
    subject = certificate.subject.native
    name = subject.get("common_name") or subject.get("organization_name") or ""
    text = " ".join(name) if isinstance(name, list) else str(name)
    text = text or certificate.subject.human_friendly
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _has_purpose(signer: x509.Certificate, *, is_stamp: bool) -> bool:
    if signer.extended_key_usage_value is None:
        return True
    purposes = {purpose.dotted for purpose in signer.extended_key_usage_value}
    if is_stamp:
        return bool(purposes & _STAMPING)
    return bool(purposes & _PURPOSES) or (_CLIENT in purposes and _SERVER not in purposes)


def _issuers(
    path: list[x509.Certificate], others: list[x509.Certificate]
) -> Iterator[x509.Certificate]:
    """Authorities of the right name that may stand so far above the signer."""
    for other in others:
        usage = other.key_usage_value
        may_vouch = other.ca and (usage is None or "key_cert_sign" in usage.native)
        longest = other.max_path_length
        is_near = longest is None or len(path) - 1 <= longest
        if other.subject == path[-1].issuer and other not in path and may_vouch and is_near:
            yield other


async def _validated(
    issuer: x509.Certificate, path: list[x509.Certificate], moment: datetime
) -> None:
    if not issuer.not_valid_before <= moment <= issuer.not_valid_after:
        message = "the authority's own certificate did not hold"
        raise ValueError(message)
    context = ValidationContext(
        trust_roots=[issuer],
        moment=moment.astimezone(UTC),
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    signer, *between = path
    anchor = CertTrustAnchor(issuer, derive_default_quals_from_cert=True)
    await async_validate_path(context, ValidationPath(anchor, between[::-1], signer))


def _hash_of(info: cms.SignerInfo) -> str:
    try:
        return str(info["signature_algorithm"].hash_algo)
    except ValueError:  # a scheme whose digest is its own affair
        return ""
