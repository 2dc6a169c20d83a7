"""Does the file itself carry word that a certificate of its signatures was revoked?

There is no network to ask, so silence means nothing: a pin is taken off the laboratory's record
when its certificate is revoked. But a list that is in the file is read. Nobody checks who signed
it, since a forger gains nothing by casting doubt on his own document.
"""

from collections.abc import Iterable, Iterator

from asn1crypto import x509
from cryptography.x509 import load_der_x509_crl, ocsp
from pyhanko.sign.general import find_cms_attribute_iter
from pyhanko.sign.validation import EmbeddedPdfSignature

_MOST_BYTES = 2_000_000  # of lists and answers; beyond, they are left unread


def is_revoked(one: EmbeddedPdfSignature, certificates: Iterable[x509.Certificate]) -> bool:
    """Whether a list or an answer in the signature or in the file names one of them."""
    numbers = {each.serial_number for each in certificates}
    carried = [*_in_signature(one), *_in_store(one)]
    if sum(len(content) for _, content in carried) > _MOST_BYTES:
        return False
    return any(
        _lists(content, numbers) if kind == "crl" else _answers(content, numbers)
        for kind, content in carried
    )


def _in_signature(one: EmbeddedPdfSignature) -> Iterator[tuple[str, bytes]]:
    """As Adobe's programs put it among the signed attributes."""
    attributes = one.signer_info["signed_attrs"]
    for value in find_cms_attribute_iter(attributes, "adobe_revocation_info_archival"):
        for kind in ("crl", "ocsp"):
            for content in value[kind] or ():
                yield kind, content.dump()


def _in_store(one: EmbeddedPdfSignature) -> Iterator[tuple[str, bytes]]:
    """In the file's store for later checks (ISO 32000-2:2020, 12.8.4.3)."""
    for kind, key in (("crl", "/CRLs"), ("ocsp", "/OCSPs")):
        try:
            kept = one.reader.root["/DSS"][key]
        except KeyError:
            continue
        for content in kept:
            yield kind, content.get_object().data


def _lists(content: bytes, numbers: set[int]) -> bool:
    try:
        listed = load_der_x509_crl(content)
    except ValueError:
        return False
    return any(listed.get_revoked_certificate_by_serial_number(each) for each in numbers)


def _answers(content: bytes, numbers: set[int]) -> bool:
    try:
        answer = ocsp.load_der_ocsp_response(content)
        return any(
            each.serial_number in numbers and each.certificate_status is ocsp.OCSPCertStatus.REVOKED
            for each in answer.responses
        )
    except ValueError:
        return False
