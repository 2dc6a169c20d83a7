"""Layouts in other languages, with their own dates and decimal commas."""

from tests.papers.markup import NARROW, SANS, SERIF, columns, div, page, pairs, say, table

FULL = "value unit spec method"
LABELS = {
    "de": {
        "title": "Prüfbericht", "report_no": "Prüfbericht-Nr.", "client": "Auftraggeber",
        "product": "Probenbezeichnung", "lot": "Chargen-Nr.", "sample_id": "Proben-Nr.",
        "date_received": "Probeneingang", "date_tested": "Prüfende",
        "date_issued": "Datum des Berichts", "date_expires": "Mindestens haltbar bis",
        "head": ("Parameter", "Methode", "Einheit", "Grenzwert", "Ergebnis"),
    },
    "fr": {
        "title": "Rapport d'analyse", "report_no": "Rapport n°", "client": "Client",
        "product": "Désignation de l'échantillon", "lot": "N° de lot",
        "sample_id": "N° échantillon", "date_received": "Date de réception",
        "date_tested": "Date d'analyse", "date_issued": "Date d'émission",
        "date_expires": "Date de péremption",
        "head": ("Paramètre", "Méthode", "Unité", "Limite", "Résultat"),
    },
    "es": {
        "title": "Informe de ensayo", "report_no": "Informe nº", "client": "Cliente",
        "product": "Descripción de la muestra", "lot": "Lote", "sample_id": "Código de muestra",
        "date_received": "Fecha de recepción", "date_tested": "Fecha fin de análisis",
        "date_issued": "Fecha de emisión", "date_expires": "Fecha de caducidad",
        "head": ("Parámetro", "Método", "Unidades", "Límite", "Resultado"),
    },
    "it": {
        "title": "Rapporto di prova", "report_no": "Rapporto di prova n.", "client": "Committente",
        "product": "Descrizione campione", "lot": "Lotto n.", "sample_id": "Codice campione",
        "date_received": "Data ricevimento", "date_tested": "Data fine prove",
        "date_issued": "Data emissione", "date_expires": "Data di scadenza",
        "head": ("Parametro", "Metodo", "U.M.", "Limite", "Risultato"),
    },
    "pt": {
        "title": "Relatório de ensaio", "report_no": "Relatório nº", "client": "Cliente",
        "product": "Produto", "lot": "Lote", "sample_id": "Código da amostra",
        "date_received": "Data de recepção", "date_tested": "Data de análise",
        "date_issued": "Data de emissão", "date_expires": "Validade",
        "head": ("Parâmetro", "Método", "Unidade", "Limite", "Resultado"),
    },
    "nl": {
        "title": "Analysecertificaat", "report_no": "Rapportnummer", "client": "Opdrachtgever",
        "product": "Productnaam", "lot": "Partijnummer", "sample_id": "Monsternummer",
        "date_received": "Datum ontvangst", "date_tested": "Datum analyse",
        "date_issued": "Rapportdatum", "date_expires": "Houdbaar tot",
        "head": ("Bepaling", "Methode", "Eenheid", "Norm", "Resultaat"),
    },
}  # fmt: skip
DAYS = ("date_received", "date_tested", "date_issued", "date_expires")


def report(s):
    """Label left of value; one table."""
    words = LABELS[s.language]
    facts = [
        (words[name], s(name)) for name in ("report_no", "client", "product", "lot", "sample_id")
    ]
    facts += [(words[name], s.date(name)) for name in DAYS]
    return page(
        div(say(s("lab_name_printed")), of="large right"),
        f"<h2>{say(words['title'])}</h2>",
        pairs(*facts),
        table(
            columns(s.lines(s.language, FULL), "analyte", "method", "unit", "spec", "value"),
            head=words["head"], of="ruled",
        ),
        size="A4", font=SERIF,
    )  # fmt: skip


def form(s):
    """Labels above values in a ruled grid; unit beside the value."""
    words = LABELS[s.language]
    names = ("report_no", "lot", "sample_id")
    return page(
        div(f"<b>{say(s('lab_name_printed'))}</b>", f"<h2>{say(words['title'])}</h2>", of="two"),
        table([[words[n] for n in names], [s(n) for n in names]], of="ruled"),
        table([[words[n] for n in DAYS], [s.date(n) for n in DAYS]], of="ruled"),
        pairs((words["product"], s("product"))),
        table(
            columns(s.lines(s.language, FULL), "analyte", "spec", "value+unit", "method"),
            head=(words["head"][0], words["head"][3], words["head"][4], words["head"][1]),
        ),
        size="A4", font=NARROW if s.language != "nl" else SANS,
    )  # fmt: skip


LAYOUTS = (report, form)
