"""Where do the places on the pages lead that can be clicked?"""

import ctypes
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from shop.assay.certificates.boxes import Box
from shop.assay.certificates.hosts import opened
from shop.assay.certificates.inside import DocumentLink, LinkKind
from shop.assay.certificates.reading import addresses
from shop.certificates.reader.sight import Sight

_MOST_ON_PAGE = 500
_LONGEST = 1_000


def look(sight: Sight) -> tuple[DocumentLink, ...]:
    """Every address on the document: in its codes, printed, and to be clicked, each once."""
    links = list(addresses.read_links(sight.pages, sight.codes))
    seen = {(link.kind, link.url) for link in links}
    for page in sight.pages:
        opened_page = sight.opened[page.number - 1]
        for link in _clickable(opened_page, page.number):
            if (link.kind, link.url) not in seen and len(links) < addresses.MOST:
                seen.add((link.kind, link.url))
                links.append(link)
        opened_page.close()
    return tuple(links)


def _clickable(page: pypdfium2.PdfPage, number: int) -> Iterator[DocumentLink]:
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    for _ in range(_MOST_ON_PAGE):
        if not raw.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
            return
        url = _url(page.pdf, link)
        is_letter = url.lower().startswith("mailto:")
        target = url.partition("?")[0].rpartition("@")[2] if is_letter else url
        address = opened(target) if target else None
        if address is not None:
            kind = LinkKind.EMAIL if is_letter else LinkKind.LINK
            yield DocumentLink(kind, url[:_LONGEST], address.host, number, _box(page, link))


def _url(pdf: pypdfium2.PdfDocument, link: raw.FPDF_LINK) -> str:
    """The action's address; empty for a jump within the document."""
    action = raw.FPDFLink_GetAction(link)
    if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
        return ""
    length = raw.FPDFAction_GetURIPath(pdf, action, None, 0)
    buffer = ctypes.create_string_buffer(min(length, 8 * _LONGEST))
    raw.FPDFAction_GetURIPath(pdf, action, buffer, length) if length <= len(buffer) else None
    return buffer.value.decode("utf-8", "replace")


def _box(page: pypdfium2.PdfPage, link: raw.FPDF_LINK) -> Box | None:
    """The clickable place as thousandths of the page as it is shown."""
    rect = raw.FS_RECTF()
    if not raw.FPDFLink_GetAnnotRect(link, ctypes.byref(rect)):
        return None
    corners = [_shown(page, x, y) for x, y in ((rect.left, rect.top), (rect.right, rect.bottom))]
    xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
    return xs[0], ys[0], xs[1], ys[1]


def _shown(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, 1000, 1000, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return max(0, min(1000, across.value)), max(0, min(1000, down.value))
