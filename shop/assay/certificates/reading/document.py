"""What does this document say? Words with their places in, values out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from shop.assay.certificates.facts import Field, FieldName, Kind, Result, field_of
from shop.assay.certificates.reading.fields import read_fields
from shop.assay.certificates.reading.headline import read_headline
from shop.assay.certificates.reading.issuer import read_issuer
from shop.assay.certificates.reading.layout import Line, Page, lines
from shop.assay.certificates.reading.phrases import read_specimen_phrase
from shop.assay.certificates.reading.results import read_results
from shop.assay.certificates.reading.titles import read_language, read_title


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that was understood."""

    fields: tuple[Field, ...]
    results: tuple[Result, ...]
    kind: Kind
    title: str
    specimen_phrase: str
    language: str
    text_sha256: str


def read(pages: Sequence[Page]) -> Document:
    """Read all sections of the document."""
    laid_out = [(page, lines(page)) for page in pages]
    words = [word.text for page in pages for word in page.words]
    language = read_language(" ".join(words))
    results = read_results(laid_out)
    title, kind = read_title(laid_out)
    return Document(
        fields=_with_names(read_fields(laid_out, language), laid_out, results),
        results=results,
        kind=kind,
        title=title,
        specimen_phrase=read_specimen_phrase(laid_out),
        language=language,
        text_sha256=hashlib.sha256("".join(words).encode()).hexdigest() if words else "",
    )


def _with_names(
    fields: tuple[Field, ...],
    laid_out: Sequence[tuple[Page, list[Line]]],
    results: Sequence[Result],
) -> tuple[Field, ...]:
    """The fields with the names that no label announces: the laboratory's and the product's."""
    issuer = read_issuer(
        laid_out,
        fields,
        {text for line in results for text in (line.analyte, line.value, line.spec)},
    )
    kept = tuple(field for field in fields if field.name is not FieldName.LAB_NAME)
    named = (*kept, issuer) if issuer else kept
    if field_of(named, FieldName.PRODUCT) is None and (headline := read_headline(laid_out, named)):
        return (*named, headline)
    return named
