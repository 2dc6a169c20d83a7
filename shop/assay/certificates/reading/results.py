"""Which lines of the document are results, and which column of each holds what?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shop.assay.certificates.facts import Result
from shop.assay.certificates.keys import words_of
from shop.assay.certificates.reading.layout import Cell, Line, Page, Word, box, lines

_HEADINGS: Mapping[str, str] = {
    "analyte": """
        test; tests; parameter; parameters; analyte; analytes; analysis; assay; item; items;
        characteristic; characteristics; determination; property; properties; test item;
        test parameter; test name; test description; compound; element; organism; microorganism;
        prufparameter; prufung; merkmal; parametre; parametres; essai; essais; analyse; analyses;
        ensayo; ensayos; parametro; parametri; parametros; prova; determinacion; bepaling""",
    "method": """
        method; methods; test method; test methods; reference; method reference; procedure;
        analysis method; methode; prufmethode; prufverfahren; verfahren; metodo; metodos; metodi;
        norm; norme; standard; technique""",
    "spec": """
        specification; specifications; spec; specs; limit; limits; acceptance criteria;
        acceptance limit; acceptance limits; acceptance criterion; requirement; requirements; range;
        criteria; target; action level; acceptable limits; allowed; max limit; maximum;
        spezifikation;
        sollwert; grenzwert; anforderung; specification limite; limite; limites; norme limite;
        especificacion; especificaciones; limite maximo; specifica; limiti; especificacao; eis""",
    "value": """
        result; results; value; found; test result; test results; measured; measured value; actual;
        observed; finding; findings; reported result; level; amount; concentration; ergebnis;
        ergebnisse; messwert; istwert; befund; resultat; resultats; resultado; resultados;
        risultato; risultati; valore; valeur; uitslag; resultaat""",
    "verdict": """
        verdict; pass fail; status; conclusion; evaluation; p f; pass; conformity; complies;
        compliance; judgement; judgment; assessment; bewertung; beurteilung; conformite; conforme;
        conformidad; cumple; esito; rating; ok""",
    "unit": "unit; units; uom; einheit; unite; unites; unidad; unidades; unita; eenheid",
    "lod": "lod; mdl; detection limit; limit of detection; nachweisgrenze; dl",
    "loq": "loq; rl; pql; mrl; quantitation limit; limit of quantitation; reporting limit; lq",
}
_COLUMN_OF = {
    " ".join(phrase.split()): column
    for column, phrases in _HEADINGS.items()
    for phrase in phrases.split(";")
}
_FEWEST_COLUMNS = 2
_SENTENCE = 9  # a cell of so many words across the table ends it
_MOST_RESULTS = 1000


@dataclass(frozen=True, slots=True)
class _Table:
    """A table's columns by the cell that heads each, from left to right."""

    columns: tuple[tuple[str, Cell], ...]

    @property
    def names(self) -> set[str]:
        return {name for name, _ in self.columns}


def read_results(pages: Sequence[Page]) -> tuple[Result, ...]:
    """Every line under a table's heading, over all pages."""
    found: list[Result] = []
    for page in pages:
        found.extend(_page_results(page))
        if len(found) >= _MOST_RESULTS:
            break
    return tuple(found[:_MOST_RESULTS])


def _page_results(page: Page) -> Iterator[Result]:
    table: _Table | None = None
    group, last_bottom = "", 0.0
    for line in lines(page):
        heading = _heading(line)
        if heading is not None:
            table, last_bottom = heading, line.bottom
            continue
        if table is None:
            continue
        if _is_end(table, line, last_bottom):
            table, group = None, ""
            continue
        last_bottom = line.bottom
        row = _row(table, line)
        if not row.get("value") and not row.get("verdict") and not row.get("spec"):
            group = _text(row.get("analyte", ())) or group
        elif _text(row.get("analyte", ())):
            yield _result(row, group, line, page)


def _heading(line: Line) -> _Table | None:
    """The table that this line heads: an analyte or method column, and one of results."""
    columns: list[tuple[str, Cell]] = []
    for cell in line.cells:
        for name, part in _headed(cell):
            if name not in {taken for taken, _ in columns}:
                columns.append((name, part))
    names = {name for name, _ in columns}
    if len(columns) < _FEWEST_COLUMNS or not names & {"value", "verdict"}:
        return None
    if "analyte" not in names:
        # "Microbiology | Limit | Result": the first column is headed by the group's name.
        first = line.cells[0]
        if first.words == columns[0][1].words:
            return None
        columns.insert(0, ("analyte", first))
    return _Table(tuple(columns))


def _headed(cell: Cell) -> Iterator[tuple[str, Cell]]:
    """The column that a cell heads, or the columns, where narrow gaps join two headings."""
    whole = _column(cell.words)
    if whole:
        yield whole, cell
        return
    names = [_column([word]) for word in cell.words]
    if all(names) and len(cell.words) > 1:
        for name, word in zip(names, cell.words, strict=True):
            yield str(name), Cell((word,))


def _column(words: Sequence[Word]) -> str | None:
    text = " ".join(word.text for word in words)
    text = text.split("(", maxsplit=1)[0] or text  # "Result (mg/kg)"
    return _COLUMN_OF.get(" ".join(words_of(text)))


def _is_end(table: _Table, line: Line, last_bottom: float) -> bool:
    if line.top - last_bottom > 5 * line.height:
        return True
    first = line.cells[0]
    covered = sum(1 for _, head in table.columns if first.overlap(head) > 0)
    is_across = covered >= min(3, len(table.columns)) and len(first.words) >= _SENTENCE
    return is_across or first.text.startswith(("*", "†", "Note", "Remark"))


def _row(table: _Table, line: Line) -> dict[str, tuple[Word, ...]]:
    """The line's words by column."""
    row: dict[str, tuple[Word, ...]] = {}
    for cell in line.cells:
        for part in _parts(table, cell):
            name = _nearest(table, part)
            row[name] = (*row.get(name, ()), *part.words)
    return row


def _parts(table: _Table, cell: Cell) -> Iterator[Cell]:
    """The cell, cut where it runs on into a second column."""
    heads = [head for _, head in table.columns if cell.overlap(head) > 0]
    rest = list(cell.words)
    for head in heads[1:] if len(heads) > 1 else []:
        cut = next((i for i, word in enumerate(rest) if word.left >= head.left - 2), None)
        if cut:
            yield Cell(tuple(rest[:cut]))
            rest = rest[cut:]
    yield Cell(tuple(rest))


def _nearest(table: _Table, cell: Cell) -> str:
    def distance(pair: tuple[str, Cell]) -> float:
        head = pair[1]
        if cell.overlap(head) > 0:
            return -cell.overlap(head)
        return min(abs(cell.left - head.left), abs(cell.right - head.right), _middles(cell, head))

    return min(table.columns, key=distance)[0]


def _middles(cell: Cell, other: Cell) -> float:
    return abs(cell.left + cell.right - other.left - other.right) / 2


def _result(row: Mapping[str, tuple[Word, ...]], group: str, line: Line, page: Page) -> Result:
    return Result(
        group=group[:200],
        analyte=_text(row.get("analyte", ())),
        method=_text(row.get("method", ())),
        unit=_text(row.get("unit", ()))[:60],
        lod=_text(row.get("lod", ()))[:60],
        loq=_text(row.get("loq", ()))[:60],
        spec=_text(row.get("spec", ())),
        value=_text(row.get("value", ())),
        verdict=_text(row.get("verdict", ()))[:60],
        page=page.number,
        box=box(line.words, page),
    )


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)[:200].strip()
