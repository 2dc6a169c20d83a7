"""What product does a row of the file describe, and what in it cannot be so?

Decided here, row by row:
- A row without a brand gets its company's name as the brand: the company answers for the product,
  and one "unbranded" brand would lend 1,600 unrelated products one set of sellers.
- A row whose text lost characters at the source (`damaged_text`) is imported as it is.
- A price stays in its own currency. A row without one is listed.
Each of the first two is a warning.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from shop.catalog import naming
from shop.catalog.choices import CATEGORIES
from shop.catalog.import_reading import Problem, Record
from shop.catalog.money import minor_units
from shop.plumbing.errors import Refused

# The categories of the source files, by ours; our own keys are taken, too.
_CATEGORIES: Mapping[str, str] = {
    "shampoo_antidandruff": "shampoo",
    "dry_shampoo": "shampoo",
    "cleanser_other": "shampoo",
    "leave_in": "conditioner",
    "detangler": "conditioner",
    "hair_serum": "serum",
    "hair_mask": "mask",
    "hair_oil": "oil",
    "hair_spray": "styling",
    "heat_protectant": "styling",
    "hair_colour": "colour",
    "hair_colour_aux": "colour",
    "hair_bleach": "colour",
    "hair_loss": "treatment",
    "scalp_treatment": "treatment",
    "scalp_scrub": "treatment",
    "straightener": "treatment",
    "perm_wave": "treatment",
    "tool": "other",
    "other_hair": "other",
    **{key: key for key in CATEGORIES},
}
# Only what the source's own category says: a product's name is no evidence of what it does.
_CONCERNS: Mapping[str, tuple[str, ...]] = {
    "shampoo_antidandruff": ("flaking",),
    "hair_loss": ("thinning",),
}
_LONGEST: Mapping[str, int] = {
    "source": 40,
    "source_id": 300,
    "name": 300,
    "brand": 200,
    "company": 200,
    "size": 60,
}
_LONGEST_INGREDIENT = 150
_SIZE = re.compile(r"([0-9]{1,6}(?:[.,][0-9]{1,3})?)\s*(ml|l|g|gr|gram|kg)\.?", re.IGNORECASE)
_UNITS = {"ml": 1.0, "l": 1000.0, "g": 1.0, "gr": 1.0, "gram": 1.0, "kg": 1000.0}
_LIST_HEAD = re.compile(r"^\s*(?:active )?ingredients\s*:[\s;]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A product as the file has it."""

    source: str
    source_id: str
    sku: str
    brand: str
    name: str
    category: str
    concerns: tuple[str, ...]
    summary: str
    ingredients: tuple[str, ...]
    size: str
    size_ml_or_g: float | None
    price_minor: int | None
    currency: str | None

    @property
    def digest(self) -> str:
        """Changes when the row, or how we read it, comes to another product."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def draft(record: Record) -> tuple[Draft | None, list[Problem]]:
    """The product of a row, or None if an error is among the problems."""
    problems = list(_problems(record))
    if any(problem.is_error for problem in problems):
        return None, problems
    fields = {name: _line(text) for name, text in record.fields.items()}
    price = fields.get("price", "")
    size = fields.get("size", "")
    made = Draft(
        source=fields["source"],
        source_id=fields["source_id"],
        sku=_sku(fields["source"], fields["source_id"]),
        brand=fields.get("brand", "") or fields["company"],
        name=fields["name"],
        category=_CATEGORIES[fields["category"]],
        concerns=_CONCERNS.get(fields["category"], ()),
        summary=_summary(fields),
        ingredients=tuple(_ingredients(record.fields.get("ingredients", ""))),
        size=size,
        size_ml_or_g=_amount(size),
        price_minor=minor_units(price, fields["currency"]) if price else None,
        currency=fields["currency"] if price else None,
    )
    return made, problems


def _problems(record: Record) -> Iterator[Problem]:
    fields = {name: _line(text) for name, text in record.fields.items()}
    for name, longest in _LONGEST.items():
        if len(fields.get(name, "")) > longest:
            length = len(fields[name])
            message = f"{length:,} characters are too many here; {longest} is the most."
            yield _error(record, name, "too_long", message)
    for name in ("source", "source_id", "name"):
        if not fields[name]:
            yield _error(record, name, "missing", f"A product needs its {name}.")
    if fields["category"] not in _CATEGORIES:
        message = f"There is no category {fields['category'][:40]!r}; one is 'shampoo'."
        yield _error(record, "category", "category_unknown", message)
    yield from _brand_problems(record, fields)
    yield from _price_problems(record, fields)
    yield from _text_problems(record, fields)


def _brand_problems(record: Record, fields: Mapping[str, str]) -> Iterator[Problem]:
    brand, company = fields.get("brand", ""), fields.get("company", "")
    if not naming.slug(brand or company):
        column = "brand" if brand or not company else "company"
        message = "A product needs a brand, or the company that answers for it, in Latin letters."
        yield _error(record, column, "brand_missing", message)
    elif not brand:
        message = f"No brand is given; the company {company} stands in for it."
        yield _warning(record, "brand", "brand_from_company", message)
    elif fields.get("brand_basis") not in {None, "", "source"}:
        message = f"The brand {brand} was guessed ({fields['brand_basis']}), not stated."
        yield _warning(record, "brand", "brand_guessed", message)


def _price_problems(record: Record, fields: Mapping[str, str]) -> Iterator[Problem]:
    price = fields.get("price", "")
    if not price:
        return
    try:
        minor_units(price, fields.get("currency", ""))
    except Refused as refusal:
        column = "currency" if refusal.code == "catalog.currency_unknown" else "price"
        yield Problem(record.line, column, refusal.code, refusal.message, record.row)


def _text_problems(record: Record, fields: Mapping[str, str]) -> Iterator[Problem]:
    if fields.get("damaged_text") == "1":
        message = "The source lost characters of this text; it is imported as it stands."
        yield _warning(record, "name", "damaged_text", message)
    if naming.printable(record.fields["name"]) != " ".join(record.fields["name"].split(" ")):
        message = "The name holds characters that cannot be seen; they are left out."
        yield _warning(record, "name", "unseen_characters", message)
    if any(len(each) > _LONGEST_INGREDIENT for each in _split(fields.get("ingredients", ""))):
        message = f"An ingredient of over {_LONGEST_INGREDIENT} characters is left out."
        yield _warning(record, "ingredients", "ingredient_unreadable", message)


def _line(text: str) -> str:
    return " ".join(naming.printable(text).split())


def _sku(source: str, source_id: str) -> str:
    """The number at the source if it is one, else a short digest of its id."""
    if source_id.isascii() and source_id.isdigit() and len(source_id) <= 20:  # noqa: PLR2004
        return f"{source}-{source_id}"
    return f"{source}-{hashlib.sha256(source_id.encode()).hexdigest()[:12]}"


def _summary(fields: Mapping[str, str]) -> str:
    chemicals = fields.get("reported_chemicals", "").replace(";", ", ")
    if not chemicals:
        return ""
    company = fields.get("company", "") or "its company"
    return f"Chemicals that {company} reported for this product: {chemicals}."


def _amount(size: str) -> float | None:
    found = _SIZE.fullmatch(size)
    if not found:
        return None
    amount = float(found[1].replace(",", ".")) * _UNITS[found[2].lower()]
    return amount or None


def _ingredients(text: str) -> Iterator[str]:
    seen: set[str] = set()
    for each in _split(_line(text)):
        if len(each) <= _LONGEST_INGREDIENT and each not in seen:
            seen.add(each)
            yield each


def _split(text: str) -> list[str]:
    """The list's own separator; a slash or dash is one only when it separates many."""
    text = _LIST_HEAD.sub("", text)
    for separator, least in ((";", 1), ("•", 1), (" / ", 4), (" - ", 4)):
        if text.count(separator) >= least:
            break
    else:
        separator = ";"
    parts = (part.strip(" .:;•") for part in text.split(separator))
    return [part for part in parts if part]


def _error(record: Record, column: str, code: str, message: str) -> Problem:
    return Problem(record.line, column, f"catalog.import_{code}", message, record.row)


def _warning(record: Record, column: str, code: str, message: str) -> Problem:
    code = f"catalog.import_{code}"
    return Problem(record.line, column, code, message, record.row, is_error=False)
