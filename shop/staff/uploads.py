"""How are uploaded files taken in, one by one, and how does a list of them look?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage
from wtforms import Field

from shop.catalog import service as catalog
from shop.catalog.models import Lot
from shop.certificates import service as certificates
from shop.certificates.models import Certificate, Status
from shop.certificates.reader.limits import MEGABYTE
from shop.plumbing.errors import NotFound
from shop.staff import desk, subjects, words
from shop.staff.forms import ChoiceField, Form, TextField
from shop.verdicts import service as verdicts
from shop.verdicts.service import PublishedVerdict
from shop.web.context import current_shop
from shop.web.words import Words

MOST_FILES = 50


class UploadForm(Form):
    lot = TextField("Lot code")
    lot_id = ChoiceField("Which lot?", message="Choose the lot that the certificates are for.")
    files = Field("Certificate files")

    def chosen_lot(self) -> Lot | None:
        """The lot whose code was typed, if one was; what is wrong with it stands beside it.

        One code may be printed on packs of several products; then it becomes a choice.
        """
        if not self.lot.data:
            return None
        found = catalog.find_lot(self.lot.data)
        if len(found) == 1:
            return found[0]
        if not found:
            message = f"We have no lot {self.lot.data[:40]}. Add it on its product’s page first."
            self.add_error("lot", message)
            return None
        chosen = next((lot for lot in found if lot.public_id == self.lot_id.data), None)
        if chosen is None:
            self.lot_id.choices = [("", "Choose one"), *map(_option, found)]
            self.add_error("lot_id", "Several products have this lot code. Choose one.")
        return chosen


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file in a list: what it is, where it stands, and the way to its page."""

    name: str
    state: Words
    meta: str
    public_id: str = ""


def take(file: FileStorage, lot: Lot | None) -> FileRow:
    """Keep one file, in a transaction of its own. A row without public id was refused."""
    shop = current_shop()
    most = shop.config.max_upload_mb
    content = file.stream.read(most * MEGABYTE + 1)
    with desk.acting() as staff:
        intake = certificates.receive(
            file.filename or "",
            content,
            lot_id=lot.id if lot is not None else None,
            uploaded_by=staff.public_id,
            store=shop.blobs,
            max_megabytes=most,
        )
        public_id = intake.certificate.public_id if intake.certificate is not None else ""
    name = certificates.plain_filename(file.filename or "")
    return FileRow(name, words.INTAKES[intake.state], intake.message, public_id)


def rows(found: Sequence[Certificate]) -> list[FileRow]:
    """Documents with where they stand, in two queries however many there are."""
    published = verdicts.current_for(map(subjects.of_certificate, found))
    return [_row(each, published.get(subjects.of_certificate(each))) for each in found]


def sent(public_ids: Iterable[str]) -> list[FileRow]:
    """The documents of an upload; what is none is passed over."""
    found = []
    for public_id in public_ids:
        try:
            found.append(certificates.by_public_id(public_id))
        except NotFound:
            continue
    return rows(found)


def _row(certificate: Certificate, published: PublishedVerdict | None) -> FileRow:
    parts = [words.size(certificate.size)]
    if certificate.variant is not None:
        parts.append(certificate.variant.product.name)
    if certificate.lot is not None:
        parts.append(f"lot {certificate.lot.code}")
    return FileRow(
        name=certificate.filename,
        state=words.certificate(Status(certificate.status), published),
        meta=" · ".join(parts),
        public_id=certificate.public_id,
    )


def _option(lot: Lot) -> tuple[str, str]:
    product = lot.variant.product
    parts = (product.brand.name, product.name, lot.variant.size, lot.code)
    return lot.public_id, " · ".join(filter(None, parts))
