"""What does the document call itself, whose letterhead does it bear, in which language?"""

import re
from collections.abc import Sequence

from shop.assay.certificates.facts import Field, FieldName, Kind
from shop.assay.certificates.keys import words_of
from shop.assay.certificates.reading.labels import labels
from shop.assay.certificates.reading.layout import Cell, Line, Page, box, lines

_TITLES: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (
        Kind.DATA_SHEET,
        (
            "safety data sheet",
            "technical data sheet",
            "product data sheet",
            "sicherheitsdatenblatt",
            "fiche de donnees de securite",
            "ficha de datos de seguridad",
            "product information sheet",
        ),
    ),
    (
        Kind.CONFORMITY,
        (
            "certificate of conformity",
            "certificate of conformance",
            "declaration of conformity",
            "certificate of compliance",
        ),
    ),
    (
        Kind.ANALYSIS,
        (
            "certificate of analysis",
            "test report",
            "analytical report",
            "analysis report",
            "report of analysis",
            "laboratory report",
            "certificate of test",
            "analysis certificate",
            "certificate of quality",
            "analytical certificate",
            "test certificate",
            "coa",
            "prufbericht",
            "analysenzertifikat",
            "analysezertifikat",
            "rapport d analyse",
            "certificat d analyse",
            "rapport d essai",
            "bulletin d analyse",
            "certificado de analisis",
            "informe de ensayo",
            "informe de analisis",
            "certificato di analisi",
            "rapporto di prova",
            "certificado de analise",
            "relatorio de ensaio",
            "analysecertificaat",
        ),
    ),
    (
        Kind.SPECIFICATION,
        (
            "product specification",
            "specification sheet",
            "raw material specification",
            "produktspezifikation",
            "ficha tecnica",
            "fiche technique",
        ),
    ),
)
_LAB_WORDS_TEXT = """
    laboratory laboratories labs lab analytical analytics analysis testing assay bioanalytical
    microbiology labor laboratorium institut institute laboratoire laboratoires laboratorio
    laboratori laboratorios science sciences scientific
"""
_LAB_WORDS = frozenset(_LAB_WORDS_TEXT.split())
_NOT_A_NAME = re.compile(
    r"accredit|17025|certificate|report|page \d|tel\b|phone|www\.|@|\d{5}|results? relate",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"^\d|\d.*\b(?:street|st|road|rd|ave|avenue|suite|drive|way|blvd)\b", re.IGNORECASE
)
_LANGUAGES = {
    "en": "the of and report date test result results sample received method for",
    "de": "der die und datum bericht prufung ergebnis ergebnisse probe eingang methode nicht",
    "fr": "le la les des du et rapport essai resultat resultats echantillon methode sur",
    "es": "el los las del y informe ensayo resultado resultados muestra metodo fecha",
    "it": "il di della e rapporto prova risultato risultati campione metodo data",
    "pt": "o os da do e relatorio ensaio resultado resultados amostra metodo data",
    "nl": "het een van en rapport resultaat monster methode datum niet",
}
_HEAD = 0.3  # of the first page holds title and letterhead
_FOOTER = 0.88
_NAME_CONFIDENCE, _GUESS_CONFIDENCE = 80, 50


def read_title(pages: Sequence[Page]) -> tuple[str, Kind]:
    """The title as printed, and the kind of document that it names."""
    for page in pages[:1]:
        for line in lines(page):
            if line.top > 0.6 * page.height:
                break
            for cell in line.cells:
                plain = " ".join(words_of(cell.text))
                for kind, titles in _TITLES:
                    if any(_opens_with(plain, title) for title in titles):
                        return cell.text[:200], kind
    return "", Kind.UNKNOWN


def read_letterhead(pages: Sequence[Page]) -> Field | None:
    """The laboratory as its letterhead names it, where no label announces it."""
    for page in pages[:1]:
        head = [
            (line, cell)
            for line in lines(page)
            if line.top < _HEAD * page.height or line.top > _FOOTER * page.height
            for cell in line.cells
            if _may_be_name(cell)
        ]
        named = [pair for pair in head if _LAB_WORDS & set(words_of(pair[1].text))]
        if named:
            return _name_field(max(named, key=_prominence)[1], page, _NAME_CONFIDENCE)
        large = [pair for pair in head if pair[0].top < _HEAD * page.height]
        if large:
            return _name_field(max(large, key=_prominence)[1], page, _GUESS_CONFIDENCE)
    return None


def read_language(text: str) -> str:
    """The language whose small words the text uses most; empty when there are too few."""
    words = words_of(text[:20_000])
    counts = {
        language: sum(word in common for word in words)
        for language, common in ((key, set(value.split())) for key, value in _LANGUAGES.items())
    }
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] >= 3 else ""  # noqa: PLR2004


def _opens_with(plain: str, title: str) -> bool:
    return plain == title or plain.startswith(f"{title} ")


def _may_be_name(cell: Cell) -> bool:
    text = cell.text
    letters = sum(map(str.isalpha, text))
    return (
        4 <= letters <= 80  # noqa: PLR2004
        and len(cell.words) <= 8  # noqa: PLR2004
        and not _NOT_A_NAME.search(text)
        and not _ADDRESS.search(text)
        and not any(label.start == 0 for label in labels(text))
    )


def _prominence(pair: tuple[Line, Cell]) -> tuple[float, float]:
    """Larger first, then higher up."""
    line, cell = pair
    return round(max(word.height for word in cell.words)), -line.top


def _name_field(cell: Cell, page: Page, confidence: int) -> Field:
    return Field(
        name=FieldName.LAB_NAME,
        value=cell.text[:200],
        raw=cell.text[:200],
        page=page.number,
        box=box(cell.words, page),
        confidence=min(confidence, cell.confidence),
        source=page.source,
    )
