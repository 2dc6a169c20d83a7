"""Which printed words announce which value? English first, then the languages met in trade.

Each phrase is lower case without accents or punctuation; "lot / batch no." is `lot batch no`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from shop.assay.certificates.facts import FieldName
from shop.assay.certificates.keys import words_of

_PHRASES: Mapping[FieldName, str] = {
    FieldName.REPORT_NO: """
        report number; report no; report nr; report id; report; report reference; report ref;
        certificate number; certificate no; certificate id; certificate; certificate ref;
        coa number;
        coa no; coa id; coa; test report no; test report number; test report; analysis number;
        analysis no; analytical report no; analytical report number; certificate of analysis no;
        certificate of analysis number; document number; document no; job number; job no;
        work order; work order no; order number; lab report no; lab report number; lims no;
        prufberichtsnummer; prufbericht nr; prufbericht; berichtsnummer; zertifikat nr;
        zertifikatsnummer; analysennummer; analysenzertifikat nr; numero de rapport;
        rapport no; rapport n; rapport d analyse no; rapport d analyse n; n de rapport;
        certificat no; certificat n; numero de informe; informe no; informe n; n de informe;
        n informe; certificado no; certificado n; numero de certificado; rapporto di prova n;
        rapporto di prova; numero rapporto; relatorio n; relatorio de ensaio n; rapportnummer""",
    FieldName.REPORT_REV: """
        revision; revision no; revision number; rev; rev no; version; report version; issue no;
        amendment no""",
    FieldName.AMENDS: """
        amends; amends report; amendment to; amendment to report; supersedes; supersedes report;
        replaces; replaces report; replaces report no; supersedes report no; ersetzt;
        annule et remplace; sustituye a""",
    FieldName.LOT: """
        lot; lot number; lot no; lot nr; lot id; lot code; lot batch; lot batch no;
        lot batch number;
        batch; batch number; batch no; batch nr; batch id; batch code; batch lot; batch lot no;
        batch lot number; product lot; product batch; production lot; production batch;
        production code; manufacturing lot; manufacturer lot; supplier lot; client lot; lote;
        numero de lote; lote no; lote n; n de lote; n lote; no de lote; no lote; charge;
        charge nr; chargen nr; chargennummer; chargenbezeichnung; los nr; losnummer; numero de lot;
        n de lot; n lot; no de lot; lot n; lotto; lotto n; numero lotto; numero di lotto; n lotto;
        partij; partijnummer; partij nr; batchnummer""",
    FieldName.SAMPLE_ID: """
        sample id; sample number; sample no; sample nr; sample ref; sample reference; sample code;
        lab id; lab no; lab number; lab sample id; laboratory id; laboratory no;
        laboratory sample id; laboratory sample no; laboratory number; lab sample no;
        probennummer; proben nr; numero d echantillon; n echantillon; no echantillon;
        numero de muestra; codigo de muestra; n muestra; numero campione; codice campione""",
    FieldName.PRODUCT: """
        product; product name; product description; product title; sample name; sample description;
        sample; description; name of product; name of sample; material; material name; item;
        item name; item description; trade name; test item; article; matrix description; produkt;
        produktname; produktbezeichnung; bezeichnung; probe; probenbezeichnung; produit;
        nom du produit; designation; echantillon; producto; nombre del producto; muestra;
        descripcion; prodotto; nome prodotto; campione; denominazione; produto; nome do produto;
        amostra; productnaam; monster""",
    FieldName.BRAND: "brand; brand name; marke; marque; marca; merk",
    FieldName.CLIENT: """
        client; client name; customer; customer name; prepared for; submitted by; submitter;
        report to; applicant; company; company name; sponsor; kunde; auftraggeber; client nom;
        demandeur; cliente; solicitante; committente; richiedente; klant; opdrachtgever""",
    FieldName.GTIN: """
        gtin; ean; upc; ean code; gtin ean; upc code; barcode; barcode no; ean13;
        gs1 gtin""",
    FieldName.LAB_NAME: """
        laboratory; laboratory name; testing laboratory; test laboratory; tested by; analysed by;
        analyzed by; issued by; performed by; testing facility; lab name; lab; labor; pruflabor;
        prufinstitut; laboratoire; laboratorio; laboratorio de ensayo""",
    FieldName.ACCREDITATION: """
        accreditation no; accreditation number; accreditation; accreditation certificate;
        accredited laboratory no; testing laboratory no; lab accreditation no;
        akkreditierungsnummer; accreditation n; no d accreditation; numero de acreditacion""",
    FieldName.SIGNATORY: """
        authorised by; authorized by; approved by; signed by; authorised signatory;
        authorized signatory; signatory; reviewed by; released by; validated by; freigegeben durch;
        approuve par; aprobado por; firmado por; approvato da""",
    FieldName.VERIFY_URL: """
        check this report; verify this report; verify this report at; verify at; verify online;
        verify; verification; online verification; verify the authenticity; authenticity check;
        validate at; scan to verify; view online""",
    FieldName.OVERALL: """
        overall result; overall verdict; overall conclusion; conclusion; final result;
        overall status; batch status; overall assessment; gesamtergebnis; gesamtbewertung;
        conclusion generale; conclusion final; esito""",
    FieldName.DATE_MADE: """
        manufacturing date; manufacture date; manufactured; manufactured on; date of manufacture;
        date of manufacturing; manufacturing; production date; date of production; produced;
        produced on; date produced; date manufactured; mfg date; mfg; mfd; mfr date; mnf date; dom;
        made on; date made; date mfg; prod date; herstelldatum; herstellungsdatum;
        produktionsdatum; hergestellt am; date de fabrication; fabrique le; fecha de fabricacion;
        fecha de elaboracion; f fabricacion; data di produzione; data di fabbricazione;
        data de fabricacao; productiedatum""",
    FieldName.DATE_EXPIRES: """
        expiry; expiry date; expiration; expiration date; expires; expires on; date of expiry;
        exp; exp date; expiry exp; best before; best before date; best before end; best by; bbe;
        bbd;
        use by; use before; shelf life until; mindestens haltbar bis; mindesthaltbarkeit;
        mindesthaltbarkeitsdatum; mhd; haltbar bis; verfallsdatum; verfalldatum; ablaufdatum;
        date d expiration; date de peremption; peremption; date limite; ddm; dlc;
        fecha de caducidad; fecha de vencimiento; caducidad; vencimiento; data di scadenza;
        scadenza; data de validade; validade; houdbaar tot""",
    FieldName.DATE_SAMPLED: """
        date sampled; sampling date; sampled; sampled on; date of sampling; sample date;
        collection date; date collected; sample collected; collected; probenahmedatum;
        datum der probenahme; probenahme; date de prelevement; date d echantillonnage;
        fecha de muestreo; fecha de toma de muestra; data campionamento; data di campionamento""",
    FieldName.DATE_RECEIVED: """
        date received; received; received on; receipt date; date of receipt; sample received;
        sample received on; date sample received; sample receipt date; received date; arrival date;
        eingangsdatum; probeneingang; eingang; eingegangen am; date de reception; recu le;
        fecha de recepcion; data ricevimento; data di ricevimento; data di arrivo;
        data de recepcao; ontvangstdatum""",
    FieldName.DATE_TESTED: """
        date tested; tested; tested on; test date; testing date; testing period; test period;
        period of testing; date of test; date of testing; date of analysis; analysis date;
        date analysed; date analyzed; analysed on; analyzed on; analysis period; dates of analysis;
        dates of test; dates tested; date completed; analysis completed; testing completed;
        test completed; date test completed; completed; completed on; date of completion;
        prufdatum; prufzeitraum; prufdauer; analysedatum; untersuchungszeitraum; analysenende;
        date d analyse; date d essai; dates d analyse; periode d analyse; fecha de analisis;
        fecha de ensayo; fecha de ensayos; periodo de ensayo; data di analisi; data analisi;
        data fine analisi; data de analise; analysedatum""",
    FieldName.DATE_ISSUED: """
        date of issue; issue date; issued; issued on; date issued; date of report; report date;
        date reported; reported; reported on; reporting date; certificate date; date of certificate;
        release date; date released; date of release; approval date; date approved; report issued;
        print date; date; ausstellungsdatum; ausgestellt am; berichtsdatum; datum; freigabedatum;
        datum des berichts; date d emission; date du rapport; emis le; date d edition;
        fecha de emision; fecha del informe; fecha de informe; fecha; emitido el;
        data di emissione; data emissione; data rapporto; data de emissao; rapportdatum;
        datum van uitgifte""",
    FieldName.DATE_VOID_AFTER: """
        void after; valid until; valid through; valid to; validity until; not valid after;
        gultig bis; valable jusqu au; valido hasta; valido fino al""",
}
# Single words that also open other phrases or sentences; a better announced value wins.
_WEAK_TEXT = """
    report certificate coa lot batch sample product item description material article date
    datum fecha company tested received issued completed reported collected manufacturing
    accreditation verify verification charge lab labor probe revision version conclusion
    laboratory
"""
_WEAK = frozenset(_WEAK_TEXT.split())


@dataclass(frozen=True, slots=True)
class Label:
    """An announcement found in a text, from `start` to `end`; the value follows."""

    name: FieldName
    start: int
    end: int
    is_weak: bool
    has_colon: bool


_TOKEN = re.compile(r"[^\W_]+", re.UNICODE)
_AFTER = re.compile(r"\s*(?:\([^()]{0,40}\)\s*)?(?:[#:.=\-–]\s*)*")  # noqa: RUF001
_COLON = re.compile(r"[:#=]")
_LONGEST = 6


def labels(text: str) -> list[Label]:
    """The labels in a cell: at its start, and further on where a colon follows."""
    tokens = list(_TOKEN.finditer(text))
    found: list[Label] = []
    position = 0
    while position < len(tokens):
        label, used = _at(text, tokens[position : position + _LONGEST])
        if label is not None and (position == 0 or label.has_colon):
            found.append(label)
            position += used
        else:
            position += 1
    return found


def _at(text: str, tokens: list[re.Match[str]]) -> tuple[Label | None, int]:
    """The longest phrase that these tokens open with."""
    words = [" ".join(words_of(token[0])) for token in tokens]
    for length in range(len(words), 0, -1):
        phrase = " ".join(words[:length])
        name = _NAME_OF.get(phrase)
        if name is None:
            continue
        start, end = tokens[0].start(), tokens[length - 1].end()
        after = _AFTER.match(text, end)
        value_start = after.end() if after else end
        between = text[end:value_start]
        return Label(
            name, start, value_start, phrase in _WEAK, bool(_COLON.search(between))
        ), length
    return None, 1


_NAME_OF = {
    " ".join(phrase.split()): name
    for name, phrases in _PHRASES.items()
    for phrase in phrases.split(";")
}
