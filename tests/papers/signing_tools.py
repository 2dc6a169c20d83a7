"""Sign a document, and append to one by hand what no honest program would."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

import pikepdf
import time_machine
from asn1crypto import crl, keys
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers, timestamps
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.papers.signing_pki import AT, Holder, stamper

PADES = fields.SigSeedSubFilter.PADES
DETACHED = fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED


def sign(
    content: bytes,
    by: Holder,
    *,
    field: str = "Signature1",
    box: tuple[int, int, int, int] | None = None,
    at: datetime = AT,
    certify: fields.MDPPerm | None = None,
    digest: str = "sha256",
    kind: fields.SigSeedSubFilter = DETACHED,
    is_stamped: bool = False,
    prefers_pss: bool = False,
    strict: bool = True,
) -> bytes:
    """The document with a signature; with a box, it shows itself there on the first page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=strict)
    if writer.prev.encrypted:
        writer.encrypt(b"")
    spec = fields.SigFieldSpec(field, on_page=0, box=box)
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm=digest,
        subfilter=kind,
        certify=certify is not None,
        docmdp_permissions=certify or fields.MDPPerm.FILL_FORMS,
        signer_key_usage=set(),
    )
    out = io.BytesIO()
    with time_machine.travel(at, tick=False):
        signers.PdfSigner(
            meta,
            signer=signer(by, prefers_pss=prefers_pss),
            timestamper=office() if is_stamped else None,
            stamp_style=TextStampStyle(stamp_text="Signed by %(signer)s"),
            new_field_spec=spec,
        ).sign_pdf(writer, output=out)
    return out.getvalue()


def signer(by: Holder, *, prefers_pss: bool = False) -> signers.SimpleSigner:
    return signers.SimpleSigner(
        signing_cert=_certificate(by),
        signing_key=keys.PrivateKeyInfo.load(by.key_der),
        cert_registry=_store(by.givers()),
        prefer_pss=prefers_pss,
    )


def office() -> timestamps.DummyTimeStamper:
    """Stamps the moment of signing, without a network."""
    holder = stamper()
    return timestamps.DummyTimeStamper(
        tsa_cert=_certificate(holder),
        tsa_key=keys.PrivateKeyInfo.load(holder.key_der),
        certs_to_embed=_store(holder.givers()),
        fixed_dt=AT,
    )


def stamp(content: bytes, *, field: str = "Stamp1") -> bytes:
    """The document with a time stamp over all of it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    out = io.BytesIO()
    with time_machine.travel(AT, tick=False):
        signers.PdfTimeStamper(office(), field_name=field).timestamp_pdf(
            writer, "sha256", validation_context=None, output=out
        )
    return out.getvalue()


def keep_for_later(
    content: bytes, certificates: Sequence[Holder], lists: Sequence[bytes] = ()
) -> bytes:
    """The document with a store of certificates and revocation lists appended (DSS)."""
    out = io.BytesIO(content)
    DocumentSecurityStore.add_dss(
        out,
        sig_contents=PdfFileReader(out).embedded_signatures[0].pkcs7_content.hex().encode(),
        certs=[_certificate(holder) for holder in certificates],
        crls=[_list(der) for der in lists],
    )
    return out.getvalue()


def append(
    content: bytes, objects: Mapping[int, bytes], *, root: int = 0, freed: Sequence[int] = ()
) -> bytes:
    """An incremental update: these objects, by number, in place of what stood there."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        size = max(int(pdf.trailer.Size), *(number + 1 for number in (*objects, 0)))
        root = root or pdf.Root.objgen[0]
    before = last_table(content)
    body, rows = content if content.endswith(b"\n") else content + b"\n", []
    for number, written in sorted(objects.items()):
        rows.append((number, b"%010d 00000 n \n" % len(body)))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    rows += [(number, b"0000000000 65535 f \n") for number in freed]
    table = b"".join(b"%d 1\n%s" % row for row in sorted(rows))
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (size, root, before)
    return body + b"xref\n" + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)


def last_table(content: bytes) -> int:
    """Where the newest table of objects stands."""
    return int(re.findall(rb"startxref\s+(\d+)", content)[-1])


def object_of(content: bytes, what: str) -> tuple[int, bytes]:
    """Number and text of a well-known object: root, page, contents, form, font, info."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0].obj
        found = {
            "root": lambda: pdf.Root,
            "page": lambda: page,
            "contents": lambda: page.Contents,
            "pages": lambda: pdf.Root.Pages,
            "form": lambda: pdf.Root.AcroForm,
        }[what]()
        return found.objgen[0], found.unparse(resolved=True)


def drawing(content: bytes) -> bytes:
    """What the first page draws."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return pdf.pages[0].Contents.read_bytes()


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def next_number(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return int(pdf.trailer.Size)


def _certificate(holder: Holder) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(holder.der)


def _store(holders: Sequence[Holder]) -> SimpleCertificateStore:
    store = SimpleCertificateStore()
    store.register_multiple([_certificate(holder) for holder in holders])
    return store


def _list(der: bytes) -> crl.CertificateList:
    return crl.CertificateList.load(der)
