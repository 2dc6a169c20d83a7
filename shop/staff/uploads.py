"""How are uploaded files taken in, one by one?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from werkzeug.datastructures import FileStorage
from wtforms import Field

from shop.catalog import service as catalog
from shop.catalog.models import Lot
from shop.certificates import progress
from shop.certificates import service as certificates
from shop.certificates.reader.limits import MEGABYTE
from shop.plumbing import clock
from shop.plumbing.errors import Unavailable
from shop.staff import desk, file_rows
from shop.staff.file_rows import FileRow
from shop.staff.forms import ChoiceField, Form, TextField
from shop.web.context import current_shop

MOST_FILES = 200
MOST_SHOWN = 400


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
class Taken:
    """What became of one file; `public_id` is empty where it was refused."""

    name: str
    state: Literal["new", "known", "refused"]
    message: str
    public_id: str = ""


def take(file: FileStorage, lot: Lot | None) -> Taken:
    """Keep one file, in a transaction of its own. Raises Unavailable where it cannot be stored."""
    shop = current_shop()
    most = shop.config.max_upload_mb
    content = file.stream.read(most * MEGABYTE + 1)
    name = certificates.plain_filename(file.filename or "")
    with desk.acting() as staff:
        intake = certificates.receive(
            name,
            content,
            lot_id=lot.id if lot is not None else None,
            uploaded_by=staff.public_id,
            store=shop.blobs,
            max_megabytes=most,
        )
        known = intake.certificate
        public_id = known.public_id if known is not None else ""
    return Taken(name, intake.state, intake.message, public_id)


def take_all(files: Iterable[FileStorage], lot: Lot | None) -> list[Taken]:
    """Each by itself: what cannot be stored is said of that file, and the others go on."""
    taken = []
    for file in files:
        try:
            taken.append(take(file, lot))
        except Unavailable as problem:
            name = certificates.plain_filename(file.filename or "")
            taken.append(Taken(name, "refused", problem.message))
    return taken


def said(taken: Sequence[Taken]) -> str:
    """What the page says of files that were all taken: "3 files received, 1 known already."."""
    count = len(taken)
    known = sum(1 for each in taken if each.state == "known")
    text = f"{count} {'file' if count == 1 else 'files'} received"
    return f"{text}, {known} known already." if known else f"{text}."


def today_by(staff: str) -> list[FileRow]:
    """What this member of staff sent since midnight (UTC), the newest first."""
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return file_rows.rows(progress.sent_by(staff, midnight, MOST_SHOWN))


def among(joined: str) -> list[FileRow]:
    """The documents of a list like "abc.def", as addresses carry it; what is none is left out."""
    return file_rows.rows(progress.among(joined.split(".")[:MOST_FILES]))


def _option(lot: Lot) -> tuple[str, str]:
    product = lot.variant.product
    parts = (product.brand.name, product.name, lot.variant.size, lot.code)
    return lot.public_id, " · ".join(filter(None, parts))
