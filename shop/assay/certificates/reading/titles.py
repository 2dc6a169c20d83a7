"""What does the document call itself, and in which language is it?"""

import unicodedata
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from shop.assay.certificates.facts import Kind
from shop.assay.certificates.keys import words_of
from shop.assay.certificates.reading.layout import Cell, Line, Page

_DATA_SHEETS = """
    safety data sheet; technical data sheet; product data sheet; material safety data sheet;
    sicherheitsdatenblatt; technisches datenblatt; produktdatenblatt;
    fiche de donnees de securite; fiche technique; ficha de datos de seguridad;
    scheda di sicurezza; scheda tecnica; ficha tecnica; product information sheet;
    veiligheidsinformatieblad"""
_CONFORMITY = """
    certificate of conformity; certificate of conformance; declaration of conformity;
    certificate of compliance; declaration of compliance; konformitatserklarung;
    certificat de conformite; declaration de conformite; certificado de conformidad;
    dichiarazione di conformita; certificato di conformita"""
_ANALYSIS = """
    certificate of analysis; certificates of analysis; test report; analytical report;
    analysis report; report of analysis; laboratory report; certificate of test;
    test certificate; analysis certificate; certificate of quality; analytical certificate; coa;
    c of a; cofa; certificate of testing; report of test; report of testing;
    laboratory test report; lab report; test results; laboratory test results;
    inspection certificate; quality certificate; technical report; final report;
    laboratory analysis report; results of analysis; certificate of laboratory analysis;
    certificate of analyses; analytical results; analytical test report; quality control report;
    laboratory results; analytical data; microbiology report; report of results;
    certificate of results; prufbericht; analysenzertifikat; analysezertifikat; prufzeugnis;
    analysenbericht; abnahmeprufzeugnis; untersuchungsbericht; werkszeugnis; laborbericht;
    qualitatszertifikat; werkszertifikat; prufzertifikat; rapport d analyse; rapport d analyses;
    certificat d analyse; rapport d essai; rapport d essais; bulletin d analyse;
    bulletin d analyses; certificat d analyses; certificado de analisis; informe de ensayo;
    informe de ensayos; informe de analisis; boletin de analisis; informe analitico;
    certificado analitico; certificato di analisi; rapporto di prova; bollettino di analisi;
    certificato analitico; referto di analisi; certificado de analise; relatorio de ensaio;
    laudo de analise; boletim de analise; boletim analitico; certificado de ensaio;
    analysecertificaat; analyserapport; testrapport; onderzoeksrapport; analyse certificaat"""
_SPECIFICATIONS = """
    product specification; product specifications; specification sheet;
    raw material specification; technical specification; specification; sales specification;
    material specification; produktspezifikation; spezifikation; especificacion tecnica;
    especificacion de producto; specifica tecnica; specification produit"""
_EAST_ASIAN = [
    "检验报告",
    "檢驗報告",
    "检测报告",
    "分析报告",
    "质检报告",
    "分析证书",
    "检验单",
    "試験成績書",
    "試験成績",
    "分析証明書",
    "検査成績書",
    "시험성적서",
    "분석성적서",
]
_TITLES: dict[str, Kind] = {
    " ".join(words_of(title)): kind
    for kind, titles in (
        (Kind.SPECIFICATION, _SPECIFICATIONS),
        (Kind.DATA_SHEET, _DATA_SHEETS),
        (Kind.CONFORMITY, _CONFORMITY),
        (Kind.ANALYSIS, _ANALYSIS),
    )
    for title in titles.split(";")
}
_LONGEST = max(len(title.split()) for title in _TITLES)
_TITLE_WORDS = 9  # of a line that may be a title
_LARGER = 1.25  # as much must another kind's title stand out over that of a report
_ALIKE = 90  # of 100: a picture with a letter or two misread
_FOREHEAD = 0.6  # of the first page
_LANGUAGES = {
    "en": """the of and report date test result results sample received method for limit lot batch
        specification analysis product client certificate pass tested issued number""",
    "de": """der die und datum bericht prufung ergebnis ergebnisse probe eingang methode nicht
        charge einheit grenzwert prufbericht auftraggeber blei haltbar bis einwaage untersuchung""",
    "fr": """le la les des du et rapport essai resultat resultats echantillon methode sur unite
        limite analyse reception plomb lot designation levures essais peremption emission""",
    "es": """el los las del y informe ensayo resultado resultados muestra metodo fecha unidades
        limite caducidad plomo mohos lote analisis cliente emision""",
    "it": """il di della e rapporto prova risultato risultati campione metodo data lotto scadenza
        piombo umidita committente limite prove emissione""",
    "pt": """o os da do e relatorio ensaio resultado resultados amostra metodo data validade
        chumbo bolores lote emissao recepcao unidade limite analise""",
    "nl": """het een van en rapport resultaat monster methode datum niet partijnummer lood
        houdbaar tot bepaling eenheid norm opdrachtgever ontvangst schimmels""",
}
_COMMON = {language: frozenset(words.split()) for language, words in _LANGUAGES.items()}
_FEWEST = 3
_MOSTLY_ASIAN, _SOME_ASIAN = 0.5, 0.08  # of the letters


def read_title(laid_out: Sequence[tuple[Page, list[Line]]]) -> tuple[str, Kind]:
    """The title as printed, and the kind of document that it names."""
    found = list(_titles(laid_out))
    if not found:
        return "", Kind.UNKNOWN
    reports = [entry for entry in found if entry[1] is Kind.ANALYSIS]
    others = [entry for entry in found if entry[1] is not Kind.ANALYSIS]
    best = max(reports, key=lambda entry: entry[2], default=None)
    other = max(others, key=lambda entry: entry[2], default=None)
    if best is None or (other is not None and other[2] > _LARGER * best[2]):
        best = other
    return (best[0], best[1]) if best else ("", Kind.UNKNOWN)


def is_title(text: str) -> bool:
    """Whether the text is a title and little more."""
    plain = words_of(text)
    return len(plain) <= _TITLE_WORDS and _kind(plain, text) is not None


def read_language(text: str) -> str:
    """The language whose small words the text uses most; empty when there are too few."""
    words = words_of(text[:20_000])
    counts = {
        language: sum(word in common for word in words) for language, common in _COMMON.items()
    }
    best = max(counts, key=lambda language: counts[language])
    share, asian = _asian(text[:20_000])
    if share > _MOSTLY_ASIAN or (share > _SOME_ASIAN and counts[best] < 2 * _FEWEST):
        return asian
    return best if counts[best] >= _FEWEST else ""


def _titles(
    laid_out: Sequence[tuple[Page, list[Line]]],
) -> Iterator[tuple[str, Kind, float]]:
    """Titles on the first page, with the height of their letters."""
    for page, page_lines in laid_out[:1]:
        for line in page_lines:
            if line.top > _FOREHEAD * page.height:
                return
            for cell in line.cells:
                kind = _cell_kind(cell)
                if kind is not None:
                    yield cell.text[:200], kind, max(word.height for word in cell.words)


def _cell_kind(cell: Cell) -> Kind | None:
    plain = words_of(cell.text[:400])
    if not plain or len(plain) > _TITLE_WORDS or plain[0] in {"this", "these", "the", "see"}:
        return None
    return _kind(plain, cell.text)


def _kind(plain: list[str], text: str) -> Kind | None:
    """The longest title among the words."""
    for length in range(min(_LONGEST, len(plain)), 0, -1):
        for start in range(len(plain) - length + 1):
            kind = _TITLES.get(" ".join(plain[start : start + length]))
            if kind is not None and (length > 1 or start == 0):
                return kind
    is_misread = fuzz.ratio(" ".join(plain), "certificate of analysis") >= _ALIKE
    is_asian = any(title in text for title in _EAST_ASIAN)
    return Kind.ANALYSIS if is_misread or is_asian else None


def _asian(text: str) -> tuple[float, str]:
    """How much of the text's letters is East Asian, and in which language they are."""
    letters = [letter for letter in text if letter.isalpha()]
    names = [unicodedata.name(letter, "")[:4] for letter in letters if letter > "\u2e80"]
    share = len(names) / max(1, len(letters))
    if any(name in {"HIRA", "KATA"} for name in names):
        return share, "ja"
    return share, "ko" if names.count("HANG") > len(names) / 2 else "zh"
