"""Which laboratories does a file describe? JSON into facts; what is wrong is said with its path.

The fields stand in docs/certificates-programs.md. A field that nobody here knows is passed over.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

from shop.assay.certificates.facts import AccreditationFacts, LaboratoryFacts
from shop.assay.certificates.keys import name_key
from shop.assay.sellers.case_reading import CaseError, Node

_HOST = re.compile(r"(?:https?://)?([^\s/:?#@]+\.[^\s/:?#@]+?)\.?/?", re.IGNORECASE)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PEM = re.compile(r"\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*")
_ACTIVE = frozenset({"active", "valid", "accredited", "granted"})
_ENDED = frozenset({"suspended", "withdrawn", "expired", "inactive", "revoked", "cancelled"})


def read(path: Path) -> tuple[LaboratoryFacts, ...]:
    """The laboratories in a file. Raises CaseError; OSError where the file cannot be opened."""
    try:
        data = json.loads(path.read_bytes())
    except RecursionError:
        raise CaseError(_ROOT, "the JSON is nested too deeply") from None
    except ValueError as problem:
        raise CaseError(_ROOT, f"this is not JSON: {problem}") from None
    return tuple(_laboratories(Node(data)))


_ROOT = "$"


def _laboratories(root: Node) -> Iterator[LaboratoryFacts]:
    within = root.get("laboratories", "labs") if root.is_object else root
    if within is None:
        root.refuse("this must be a list of laboratories")
    seen: dict[str, str] = {}
    for node in within.items():
        laboratory = _laboratory(node.object("a laboratory"))
        for name in (laboratory.name, *laboratory.aliases):
            key = name_key(name)
            if key in seen and seen[key] != node.path:
                message = f"the laboratory at {seen[key]} has this name already: {name[:60]!r}"
                raise CaseError(node.path, message)
            seen[key] = node.path
        yield laboratory


def _laboratory(node: Node) -> LaboratoryFacts:
    name = node.get("name", "legal_name")
    if name is None:
        path, message = f"{node.path}.name", "this is needed"
        raise CaseError(path, message)
    if not name_key(name.text()):
        name.refuse("this must be a laboratory's name")
    return LaboratoryFacts(
        public_id=node.path,
        name=name.text().strip(),
        aliases=tuple(alias.text().strip() for alias in node.each("aliases", "alias")),
        domains=tuple(_host(each) for each in node.each("domains", "domain")),
        verify_hosts=tuple(_host(each) for each in node.each("verify_hosts", "verify_host")),
        accreditations=tuple(
            _accreditation(each.object("an accreditation"))
            for each in node.each("accreditations", "accreditation")
        ),
        signing_certs=tuple(
            _digest(each) for each in node.each("signing_certs", "signing_certificates")
        ),
    )


def _accreditation(node: Node) -> AccreditationFacts:
    return AccreditationFacts(
        body=node.text_of("body"),
        number=_number(node),
        scope=tuple(method.text().strip() for method in node.each("scope")),
        valid_from=node.day_of("valid_from", "from"),
        valid_to=node.day_of("valid_to", "valid_until", "to", "until"),
        is_active=_is_active(node.get("status")),
        checked_on=node.day_of("checked_on", "checked_at", "checked"),
    )


def _number(node: Node) -> str:
    """Accreditation numbers are often written as numbers: 4417."""
    number = node.get("number")
    if number is None:
        return ""
    return str(number.value) if type(number.value) is int else number.text().strip()


def _is_active(node: Node | None) -> bool:
    """Without a status it is taken to be in force; its dates still count."""
    if node is None:
        return True
    if node.word() not in _ACTIVE | _ENDED:
        node.refuse("this must be active, suspended, withdrawn or expired")
    return node.word() in _ACTIVE


def _host(node: Node) -> str:
    found = _HOST.fullmatch(node.text().strip())
    if found is None:
        node.refuse("this must be a host name (lab.example)")
    return found[1].lower()


def _digest(node: Node) -> str:
    """The SHA-256 of a certificate, or of the one that stands here (PEM)."""
    text = node.text()
    pem = _PEM.fullmatch(text)
    if pem is not None:
        try:
            return hashlib.sha256(base64.b64decode(pem[1])).hexdigest()
        except binascii.Error:
            node.refuse("this must be a certificate in PEM")
    digest = re.sub(r"[:\s]", "", text).lower()
    if not _DIGEST.fullmatch(digest):
        node.refuse("this must be a certificate's SHA-256 in hex, or the certificate in PEM")
    return digest
