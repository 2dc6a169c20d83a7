"""What may those who look for one thing in a document look at? All that was opened and read."""

from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pypdfium2

from shop.assay.certificates.facts import Code
from shop.assay.certificates.inside import Look, Oddity
from shop.assay.certificates.reading.layout import Page
from shop.certificates.reader.fonts import Typed
from shop.certificates.reader.limits import Limits
from shop.certificates.reader.wire import Preview


@dataclass(slots=True, kw_only=True)
class Sight:
    """One document, whole and quiet, and what has been read of it, page by page."""

    content: bytes
    pdf: pikepdf.Pdf  # its objects
    opened: pypdfium2.PdfDocument  # its pages, as they are drawn
    folder: Path  # where previews go
    limits: Limits
    deadline: float  # of the monotonic clock: what takes long stops here and says so
    pages: list[Page] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    previews: list[Preview] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    layered: set[int] = field(default_factory=set)  # pages with a scanner's words over a picture
    doubted: set[int] = field(default_factory=set)  # pages whose digits are drawn otherwise
    typed: list[Typed] = field(default_factory=list)
    unfinished: set[Look] = field(default_factory=set)
    unreadable: list[int] = field(default_factory=list)
    is_ocr_missing: bool = False
