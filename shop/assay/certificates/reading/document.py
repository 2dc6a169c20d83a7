"""What does this document say? Words with their places in, values out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from shop.assay.certificates.facts import Field, FieldName, Kind, Result, field_of
from shop.assay.certificates.reading.fields import read_fields
from shop.assay.certificates.reading.issuer import read_language, read_letterhead, read_title
from shop.assay.certificates.reading.layout import Page
from shop.assay.certificates.reading.phrases import read_specimen_phrase
from shop.assay.certificates.reading.results import read_results


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
    fields = read_fields(pages)
    if field_of(fields, FieldName.LAB_NAME) is None and (letterhead := read_letterhead(pages)):
        fields = (*fields, letterhead)
    title, kind = read_title(pages)
    words = [word.text for page in pages for word in page.words]
    text = " ".join(words)
    return Document(
        fields=fields,
        results=read_results(pages),
        kind=kind,
        title=title,
        specimen_phrase=read_specimen_phrase(pages),
        language=read_language(text),
        text_sha256=hashlib.sha256("".join(words).encode()).hexdigest() if words else "",
    )
