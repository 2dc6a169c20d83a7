"""Which printed words announce which value? English first, then the languages met in trade.

A phrase's accents and punctuation do not count: "lot / batch no." is `lot batch no`. A sign before
a phrase says how surely it announces: `+` always, `-` also used otherwise, `~` only for want of a
better one (the value then counts as unsure).
"""

from shop.assay.certificates.facts import FieldName
from shop.assay.certificates.keys import words_of
from shop.assay.certificates.reading.vocabulary_dates import PHRASES as DATE_PHRASES

SURELY, USUALLY, SOMETIMES, BARELY = 3, 2, 1, 0
_SIGNS = {"+": SURELY, "-": SOMETIMES, "~": BARELY}

_PHRASES: dict[FieldName, str] = {
    FieldName.REPORT_NO: """
        +report number; +report no; +report nr; +report id; +report num; -report;
        report reference; report reference no; report ref; report ref no; +report code;
        +certificate number; +certificate no; +certificate nr; certificate id; -certificate;
        certificate ref; cert no; certificate code; certificate reference; +coa number; +coa no;
        +coa id; -coa; coa ref; c of a no; c of a number; +test report no; +test report number;
        -test report; test report id; test report ref; +analysis report no;
        analysis report number; analysis no; analysis number; +analytical report no;
        analytical report number; +certificate of analysis no; +certificate of analysis number;
        -certificate of analysis; -report of analysis; report of analysis no; -document number;
        -document no; -doc no; -job number; -job no; -work order; -work order no;
        work order number; +lab report no; +lab report number; laboratory report no;
        laboratory report number; -lims no; test id; technical report; technical report no;
        -task; -task no; task number; -protocol no; -reference no; -our reference; -our ref;
        report serial no; -serial no; inspection lot; inspection report no;
        +analysis certificate no; -test no; -test number; ar no; a r no; a r number;
        +prufberichtsnummer; +prufbericht nr; -prufbericht; prufbericht nummer; +berichtsnummer;
        berichts nr; bericht nr; -bericht; zertifikat nr; zertifikats nr; zertifikatsnummer;
        +analysennummer; analysen nr; analysenzertifikat nr; zeugnis nr; prufzeugnis nr;
        +numero de rapport; rapport no; rapport n; rapport numero; -rapport;
        rapport d analyse no; +rapport d analyse n; +n de rapport; +no de rapport;
        rapport d essai n; rapport d essais n; bulletin n; bulletin d analyse n; n de bulletin;
        certificat no; certificat n; n de certificat; n du rapport; numero du rapport;
        +numero de informe; +informe no; +informe n; n de informe; n informe; no de informe;
        -informe; informe de ensayo n; informe de ensayo no; numero informe; certificado no;
        certificado n; n certificado; +numero de certificado; boletin n; n de boletin;
        +rapporto di prova n; -rapporto di prova; +numero rapporto; n rapporto; rdp n;
        rapporto n; certificato n; n certificato; certificato di analisi n; +relatorio n;
        relatorio no; numero do relatorio; n do relatorio; relatorio de ensaio n;
        certificado de analise n; +rapportnummer; rapport nr; certificaatnummer; certificaat nr;
        analysenummer; \u62a5\u544a\u7f16\u53f7; \u5831\u544a\u7de8\u865f; \u62a5\u544a\u53f7;
        \u8bc1\u4e66\u7f16\u53f7; \u62a5\u544a\u5355\u53f7; \u68c0\u9a8c\u5355\u53f7;
        \u7f16\u53f7; \u5831\u544a\u66f8\u756a\u53f7; \u8a3c\u660e\u66f8\u756a\u53f7""",
    FieldName.REPORT_REV: """
        -revision; revision no; revision number; report revision; -rev; rev no; -version;
        report version; issue no; amendment no""",
    FieldName.AMENDS: """
        amends; amends report; amendment to; amendment to report; supersedes; supersedes report;
        replaces; replaces report; replaces report no; supersedes report no; ersetzt;
        ersetzt den bericht; annule et remplace; annule et remplace le rapport; sustituye a;
        sostituisce il rapporto""",
    FieldName.LOT: """
        lot; +lot number; +lot no; +lot nr; +lot id; +lot code; +lot batch; +lot batch no;
        lot num; +lot batch number; lot batch id; batch; +batch number; +batch no; +batch nr;
        +batch id; +batch code; batch num; +batch lot; +batch lot no; +batch lot number;
        batch lot id; batch id or lot number; batch name number; batch name; lot name;
        batch number name; batch name id; batch or lot number; lot or batch number; lot s;
        lot numbers; product lot; product lot no; product lot number; product batch;
        production lot; production batch; -production code; manufacturing lot; manufacturer lot;
        manufacturer lot no; manufacturer s lot; manufacturer batch; mfr lot; mfg lot;
        supplier lot; supplier lot no; vendor lot; vendor lot no; vendor batch; client lot;
        client lot no; client lot number; client batch; client batch no; customer lot;
        customer lot no; customer batch; sample lot; sample lot number; sample lot no;
        finished product lot; finished good lot; harvest lot id; harvest lot; harvest batch;
        harvest batch id; -source batch; external batch id; external lot id; external id lot;
        item lot; raw material lot; internal lot; lot ref; batch ref; batch reference;
        lot reference; -code lot; lot code date code; control no; -control number; -serial lot;
        ch b; ch b nr; -date code; lote; +numero de lote; +lote no; +lote n; +n de lote;
        +n lote; no de lote; no lote; num lote; codigo de lote; +lote numero; -partida;
        n partida; n de partida; -charge; +charge nr; +chargen nr; +chargennummer;
        chargenbezeichnung; charge n; charge no; chargennr; ch nr; +los nr; +losnummer; los;
        chargen bez; +charge lot; +numero de lot; +n de lot; +n lot; +no de lot; lot n;
        -lot numero; +numero du lot; n du lot; reference lot; ne de lot; lotto; +lotto n;
        +numero lotto; +numero di lotto; n lotto; lotto no; codice lotto; lotto di produzione;
        n di lotto; partita; partij; +partijnummer; partij nr; batchnummer; chargenummer;
        lotnummer; charge nummer; \u6279\u53f7; \u6279\u865f; \u4ea7\u54c1\u6279\u53f7;
        \u6279\u6b21; \u6279\u6b21\u53f7; \u751f\u4ea7\u6279\u53f7;
        \u30ed\u30c3\u30c8\u756a\u53f7; \u30ed\u30c3\u30c8no; \u30ed\u30c3\u30c8;
        \u88fd\u9020\u756a\u53f7; \u6279\u756a; \ub85c\ud2b8\ubc88\ud638;
        \uc81c\uc870\ubc88\ud638""",
    FieldName.SAMPLE_ID: """
        +sample id; +sample number; +sample no; sample nr; sample ref; sample reference;
        sample code; sample ids; lab id; lab no; lab number; +lab sample id; laboratory id;
        laboratory no; laboratory sample id; laboratory sample no; laboratory number;
        lab sample no; lab code; lab sample number; lab log no; lab log number; lab reference;
        lab ref; lab ref no; laboratory sample number; accession number; accession no;
        -specimen id; log no; -barcode id; test sample id; sample lims id; probennummer;
        proben nr; probe nr; probennr; labornummer; labor nr; probencode; numero d echantillon;
        n echantillon; no echantillon; n d echantillon; code echantillon; reference echantillon;
        ref echantillon; numero de muestra; codigo de muestra; n muestra; n de muestra;
        referencia de muestra; referencia muestra; codigo muestra; numero campione;
        codice campione; n campione; id campione; numero da amostra; codigo da amostra;
        n da amostra; n amostra; monsternummer; monster nr; monstercode;
        \u6837\u54c1\u7f16\u53f7; \u6a23\u54c1\u7de8\u865f; \u8a66\u6599\u756a\u53f7""",
    FieldName.PRODUCT: """
        product; +product name; +product description; +product title; +sample name;
        +sample description; -description; +name of product; +name of sample; -material;
        +material name; material description; -item; +item name; +item description; trade name;
        -test item; -article; -matrix description; +name of the product; sample identification;
        sample title; sample info; -client sample id; client sample name;
        client sample description; -customer sample id; customer sample description;
        client sample; sample as received; sample identity; +product identification; -compound;
        compound name; -ingredient; ingredient name; inci name; -substance; -peptide;
        -peptide name; chemical name; -sample tested; product sample name; commercial name;
        -name; sample label; label name; product label; -title; product tested;
        sample product name; style name; -identification; -commodity; goods; product commodity;
        sample described as; sample is described as; on behalf of the clients as;
        on behalf of the client as; submitted and identified as; identified as; -sample;
        produkt; +produktname; +produktbezeichnung; -bezeichnung; -probe; +probenbezeichnung;
        artikel; artikelbezeichnung; probenname; materialbezeichnung; muster; warenbezeichnung;
        bezeichnung der probe; probenbeschreibung; handelsname; -material bezeichnung; produit;
        +nom du produit; -designation; -echantillon; designation de l echantillon;
        designation du produit; description de l echantillon; nom de l echantillon;
        nom commercial; libelle; -denomination; denomination du produit; -article designation;
        -nature; reference client; identification de l echantillon; producto;
        +nombre del producto; -muestra; -descripcion; descripcion de la muestra;
        nombre de la muestra; descripcion del producto; -denominacion;
        denominacion del producto; nombre producto; identificacion de la muestra;
        nombre comercial; prodotto; +nome prodotto; nome del prodotto; -campione;
        -denominazione; descrizione campione; descrizione del campione; descrizione;
        denominazione campione; denominazione prodotto; descrizione prodotto;
        identificazione campione; produto; +nome do produto; -amostra; descricao da amostra;
        -descricao; descricao do produto; identificacao da amostra; +productnaam; -monster;
        monsteromschrijving; -omschrijving; productomschrijving; monsternaam; naam product;
        omschrijving monster; \u4ea7\u54c1\u540d\u79f0; \u7522\u54c1\u540d\u7a31; \u54c1\u540d;
        \u6837\u54c1\u540d\u79f0; \u540d\u79f0; \u88fd\u54c1\u540d; \u8a66\u6599\u540d;
        \u5546\u54c1\u540d; \uc81c\ud488\uba85; \uc2dc\ub8cc\uba85""",
    FieldName.BRAND: "brand; brand name; marke; marque; marca; merk; \u54c1\u724c",
    FieldName.CLIENT: """
        client; +client name; customer; +customer name; +prepared for; submitted by; submitter;
        -report to; applicant; -company; company name; sponsor; client company;
        customer company; tested for; +requested by; report prepared for; issued to; account;
        -ordered by; client information; customer information; kunde; auftraggeber; +client nom;
        demandeur; +nom du client; donneur d ordre; commettant; cliente; solicitante;
        peticionario; committente; richiedente; requerente; klant; opdrachtgever; +kundenname;
        besteller; razon social; \u5ba2\u6237\u540d\u79f0; \u5ba2\u6237;
        \u59d4\u6258\u5355\u4f4d; \u4f9d\u983c\u8005""",
    FieldName.GTIN: """
        gtin; ean; upc; ean code; gtin ean; upc code; barcode; barcode no; ean13; gs1 gtin;
        gtin 14; gtin 13; upc ean; code ean; codigo ean; ean 13""",
    FieldName.LAB_NAME: """
        laboratory; +laboratory name; +testing laboratory; test laboratory; -tested by;
        -analysed by; -analyzed by; -issued by; -performed by; testing facility; +lab name;
        -lab; labor; +pruflabor; prufinstitut; laboratoire; laboratoire d analyse; laboratorio;
        laboratorio de ensayo; laboratorio di prova; laboratory performing the analysis;
        analysis performed by; testing performed by; -testing location; +name of laboratory;
        name of the laboratory; testing lab; \u68c0\u6d4b\u673a\u6784; \u68c0\u9a8c\u5355\u4f4d""",
    FieldName.ACCREDITATION: """
        accreditation no; accreditation number; -accreditation; accreditation certificate;
        accredited laboratory no; testing laboratory no; lab accreditation no; accreditation id;
        iso 17025 certificate no; iso iec 17025 accreditation; a2la certificate; a2la cert no;
        akkreditierungsnummer; accreditation n; no d accreditation; numero de acreditacion;
        certificate of accreditation; accreditation cert no; ukas no""",
    FieldName.SIGNATORY: """
        +authorised by; +authorized by; +approved by; +signed by; authorised signatory;
        authorized signatory; -signatory; reviewed by; released by; validated by; approval;
        certified by; -quality manager; -lab director; -laboratory director; -technical manager;
        -laboratory manager; freigegeben durch; unterzeichner; approuve par; valide par;
        aprobado por; firmado por; approvato da; il responsabile; aprovado por;
        goedgekeurd door; final approval; qa release; qa approval; approved signatory;
        signatories""",
    FieldName.VERIFY_URL: """
        check this report; verify this report; verify this report at; verify at; verify online;
        -verify; -verification; online verification; verify the authenticity;
        authenticity check; validate at; scan to verify; view online; verify this test at;
        verify results at; verify this test; -to verify""",
    FieldName.OVERALL: """
        overall result; overall verdict; overall conclusion; -conclusion; final result;
        overall status; batch status; overall assessment; overall; batch result;
        test conclusion; gesamtergebnis; gesamtbewertung; conclusion generale; conclusion final;
        -esito; \u7ed3\u8bba; \u68c0\u9a8c\u7ed3\u8bba""",
}

# What the words of a label that speaks of a date mean, whatever their order; the first that fits.
DATE_STEMS: tuple[tuple[FieldName, tuple[str, ...]], ...] = (
    (FieldName.DATE_EXPIRES, ("expir", "caducid", "venciment", "scaden", "perempt", "validade")),
    (FieldName.DATE_MADE, ("manufactur", "produc", "mfg", "fabric", "herstell")),
    (FieldName.DATE_RECEIVED, ("receiv", "receipt", "recept", "eingang", "ricev", "recepc")),
    (FieldName.DATE_ISSUED, ("issu", "report", "releas", "certific", "emis", "emiss", "bericht")),
    (FieldName.DATE_TESTED, ("test", "analy", "complet", "pruf", "ensay", "analis", "prov")),
    (FieldName.DATE_SAMPLED, ("sampl", "collect", "prelev", "muestr", "campion", "probenahm")),
)
DATE_WORDS = frozenset(["date", "dates", "datum", "fecha", "fechas", "data"])
# Of such a label, words that say it is about something else.
_OTHER_THINGS_TEXT = """
    qc lab laboratory standard reference reagent media calibration kit method prep preparation
    analytical order control instrument print revision effective form due start started starting
    begin begun size quantity customer invoice shipping ship delivery harvest document review page
    accreditation license licence validity template birth
"""
OTHER_THINGS = frozenset(_OTHER_THINGS_TEXT.split())


def _signed(phrase: str) -> tuple[str, int]:
    sign = _SIGNS.get(phrase[:1])
    text = phrase if sign is None else phrase[1:]
    return " ".join(words_of(text)), USUALLY if sign is None else sign


# A phrase to what it announces and how surely.
ANNOUNCES: dict[str, tuple[FieldName, int]] = {}
for _name, _phrases in (_PHRASES | DATE_PHRASES).items():
    for _phrase in _phrases.split(";"):
        _text, _rank = _signed(_phrase.strip())
        ANNOUNCES[_text] = (_name, _rank)
# Pictures lose blanks: "Lotno."
for _text, _announced in list(ANNOUNCES.items()):
    if " " in _text:
        ANNOUNCES.setdefault(_text.replace(" ", ""), _announced)
