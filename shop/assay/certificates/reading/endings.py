"""Does the document say where it ends: "End of report", "Page 2 of 2" on its last page?"""

import re
from collections.abc import Sequence

from shop.assay.certificates.reading.layout import Line, Page, lines
from shop.assay.certificates.reading.spelling import folded, plain

_END = re.compile(
    r"\bend of (?:the )?(?:test |analytical |analysis |laboratory |lab |this )?"
    r"(?:report|certificate|document|results|analysis|coa|data)\b"
    r"|\bende (?:des |der )?(?:\w*berichte?s?|\w*zertifikate?s?|dokuments|analyse)\b"
    r"|\bberichtsende\b"
    r"|\bfin (?:du|de|del|de la)? ?(?:rapport|certificat|document|bulletin|informe|certificado)\b"
    r"|\bfine (?:del |di )?(?:rapporto|certificato|documento)\b"
    r"|\bfim (?:do |de )?(?:relatorio|certificado|documento)\b"
    r"|\beinde (?:van (?:het )?)?(?:\w*rapport|certificaat|document)\b"
    r"|\b(?:last|final) page\b|\bletzte seite\b|\bderniere page\b|\bultima pagina\b"
)
_ALONE = re.compile(r"[*\-_=.~\u2022 ]*(?:the )?(?:end|ende|fin|fine|fim|einde)[*\-_=.~\u2022 ]*")
_PAGE = re.compile(
    r"\b(?:page|seite|pagina|pag|pg|p|blatt|sheet|folha|hoja)\b\.?\s?:?\s?"
    r"(\d{1,3})\s?(?:of|/|von|de|sur|di|van|out of)\s?(\d{1,3})\b"
)
_BARE_PAGE = re.compile(r"[-\s]*(\d{1,3})\s?(?:/|of|von|de|sur|di|van)\s?(\d{1,3})[-\s]*")
_LAST_PAGES = 2  # terms of business may follow the end
_LOWER_PART = 0.5  # "End" alone is a heading of something else in the upper part


def is_end_marked(pages: Sequence[Page]) -> bool:
    """Whether words mark the end, or the last page says that it is the last."""
    laid_out = [(page, lines(page)) for page in pages[-_LAST_PAGES:]]
    for page, page_lines in laid_out:
        for line in page_lines:
            text = folded(plain(line.text))
            is_low = line.top > _LOWER_PART * page.height
            if _END.search(text) or (is_low and _ALONE.fullmatch(text)):
                return True
    return bool(laid_out) and _is_last(*laid_out[-1], count=len(pages))


def _is_last(page: Page, page_lines: Sequence[Line], *, count: int) -> bool:
    for line in page_lines:
        is_margin = line.top < 0.15 * page.height or line.top > 0.85 * page.height
        for cell in line.cells:
            text = folded(plain(cell.text))
            match = _PAGE.search(text) or (_BARE_PAGE.fullmatch(text) if is_margin else None)
            if match and int(match[1]) == int(match[2]) == count:
                return True
    return False
