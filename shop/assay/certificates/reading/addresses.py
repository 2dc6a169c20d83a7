"""Which addresses does the document bear: printed, to be written to, or in its codes?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shop.assay.certificates.boxes import Box
from shop.assay.certificates.facts import Code
from shop.assay.certificates.hosts import has_known_ending, opened
from shop.assay.certificates.inside import DocumentLink, LinkKind
from shop.assay.certificates.reading.layout import Cell, Line, Page, Word, box, lines

MOST = 200
_LONGEST = 1_000
_LONGEST_TEXT = 4_000  # of a line or a code's payload
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = rf"(?:{_LABEL}\.){{1,8}}[^\W\d_]{{2,24}}\b"
_EMAIL = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}@({_HOST})")
_WITH_SCHEME = re.compile(r"https?:[/\\]{2}[^\s<>\"'“”|]{3,}", re.IGNORECASE)
_BARE = re.compile(rf"(?<![\w@./:-])({_HOST})(?::\d{{2,5}})?(?![@\w])([/?#][^\s<>\"'“”|]*)?")
# Endings that abbreviations and file names have too: "Pvt.Ltd", "Dipl.Ing", "B.Sc", "method.md".
_ALSO_WORDS_TEXT = """
    al as at cpa inc ing ltd mba md mov no nr ph phd pm sc so st zip
"""
_ALSO_WORDS = frozenset(_ALSO_WORDS_TEXT.split())
_SHORTEST_LABEL = 3  # "S.it", "e.at": shorter names are abbreviations far more often than sites
_OPEN_ENDS = ("/", "=", "?", "&", "-", "_", ".", "#", "%")
_GOES_ON = re.compile(r"[/?&=.#%_-]?[\w%&=.~/?#+:-]+")
_CARD = re.compile(r"BEGIN:VCARD|MECARD:|MATMSG:|MEBKM:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Text:
    """A cell's words as one text, and the word that each character belongs to."""

    text: str
    words: tuple[Word, ...]
    at: tuple[int, ...]

    def between(self, start: int, end: int) -> list[Word]:
        return list(self.words[self.at[start] : self.at[end - 1] + 1])


def read_links(pages: Sequence[Page], codes: Sequence[Code]) -> tuple[DocumentLink, ...]:
    """Every address once, codes first; as many as a report may sensibly bear."""
    found: dict[tuple[LinkKind, str], DocumentLink] = {}
    for link in _all(pages, codes):
        found.setdefault((link.kind, link.url), link)
        if len(found) >= MOST:
            break
    return tuple(found.values())


def links_in(code: Code) -> Iterator[DocumentLink]:
    """What a code says, if it says an address: a link, a card with one, an e-mail address."""
    text = code.payload[:_LONGEST_TEXT].strip()
    is_card = bool(_CARD.match(text))
    plain = re.sub(r"\\([:;,\\])", r"\1", text) if is_card else text
    for start, end, kind in _spans(re.sub(r"[;,](?=[A-Z-]{2,12}[:;])", "\n", plain)):
        said = plain[start:end].rstrip(";")
        is_lookup = kind is LinkKind.TEXT and not is_card
        link = _link(LinkKind.QR if is_lookup else kind, said, code.page, code.box)
        if link is not None:
            yield link


def _all(pages: Sequence[Page], codes: Sequence[Code]) -> Iterator[DocumentLink]:
    for code in codes:
        yield from links_in(code)
    for page in pages:
        yield from _printed(page)


def _printed(page: Page) -> Iterator[DocumentLink]:
    page_lines = lines(page)
    told: set[Word] = set()  # words at which an address of the line above ended
    for row, line in enumerate(page_lines):
        below = page_lines[row + 1] if row + 1 < len(page_lines) else None
        for cell in line.cells:
            text = _joined(_with_next_line(cell, below))
            for start, end, kind in _spans(text.text):
                words = text.between(start, end)
                if words[0] in told or words[0] not in cell.words:
                    continue
                told.update(word for word in words if word not in cell.words)
                link = _link(kind, text.text[start:end], page.number, box(words, page))
                if link is not None:
                    yield link


def _with_next_line(cell: Cell, below: Line | None) -> list[Word]:
    """The cell's words, and the word below it on which its last address runs on."""
    last = cell.words[-1].text
    is_address = "://" in last or last.lower().startswith("www.") or "@" in last
    if below is None or not is_address:
        return list(cell.words)
    under = next((other for other in below.cells if abs(other.left - cell.left) < cell.right), None)
    if under is None or not _runs_on(last, under.words[0].text):
        return list(cell.words)
    return [*cell.words, under.words[0]]


def _runs_on(last: str, following: str) -> bool:
    """Whether an address that stops at the line's end goes on with the next line's first word."""
    if not _GOES_ON.fullmatch(following) or "://" in following or following.endswith(":"):
        return False
    if following[0] in "/?&=#":
        return True
    if last.endswith("."):  # the sentence's full stop, unless the host is not yet whole
        host = last.rpartition("://")[2].rpartition("@")[2]
        return "/" not in host and following[0].islower() and not has_known_ending(host.rstrip("."))
    return last.endswith(_OPEN_ENDS)


def _joined(words: Sequence[Word]) -> _Text:
    """The words with blanks between them, and none inside an address that was set with blanks."""
    text, at = "", []
    for index, word in enumerate(words):
        if text and not _is_one_address(text, words[index - 1], word):
            text += " "
            at.append(index - 1)
        piece = word.text[:_LONGEST]
        text += piece
        at += [index] * len(piece)
        if len(text) > _LONGEST_TEXT:
            break
    return _Text(text, tuple(words), tuple(at))


def _is_one_address(text: str, before: Word, word: Word) -> bool:
    last = text.rpartition(" ")[2]
    if "://" in word.text[1:]:
        return False
    if last.lower().endswith(("://", "www.", "http:", "https:", "@")) or word.text.startswith("@"):
        return True
    is_next_line = word.top > before.bottom - 0.3 * before.height
    if is_next_line:
        return True
    is_open = "://" in last and last.endswith(_OPEN_ENDS) and not last.endswith(".")
    return is_open and word.left - before.right < 0.5 * before.height


def _spans(text: str) -> Iterator[tuple[int, int, LinkKind]]:
    """Where addresses stand in a text: with a scheme, for letters, and bare, in this order."""
    taken: list[tuple[int, int]] = []
    for pattern, kind in (
        (_WITH_SCHEME, LinkKind.TEXT),
        (_EMAIL, LinkKind.EMAIL),
        (_BARE, LinkKind.TEXT),
    ):
        for match in pattern.finditer(text):
            start, end = match.start(), match.start() + len(_bared(match[0]))
            if any(start < other_end and other < end for other, other_end in taken):
                continue
            if pattern is _BARE and not _is_site(match[1], match[2] or ""):
                continue
            taken.append((start, end))
            yield start, end, kind


def _bared(address: str) -> str:
    """Without the punctuation of the sentence around it."""
    bare = address[:_LONGEST]
    while bare and (bare[-1] in ".,;:!?'»’*>]}\\" or _is_unopened(bare)):
        bare = bare[:-1]
    return bare


def _is_unopened(address: str) -> bool:
    return address.endswith(")") and address.count(")") > address.count("(")


def _is_site(host: str, path: str) -> bool:
    """Whether a name without a scheme is an address, and no abbreviation or file name."""
    plain = host.lower()
    label, _, rest = plain.partition(".")
    ending = plain.rpartition(".")[2]
    if not has_known_ending(plain):
        return False
    if label == "www":
        return bool(rest)
    is_one_case = host in {plain, host.upper()}
    longest = max(map(len, plain.split(".")[:-1]))
    return is_one_case and longest >= _SHORTEST_LABEL and (bool(path) or ending not in _ALSO_WORDS)


def _link(kind: LinkKind, url: str, page: int, place: Box | None) -> DocumentLink | None:
    address = opened(url.rpartition("@")[2] if kind is LinkKind.EMAIL else url)
    return DocumentLink(kind, url[:_LONGEST], address.host, page, place) if address else None
