"""What shape has a list of sellers? The JSON Schema that we publish and read with.

Each member bears its own `description`, a sentence that says what to write there: the published
schema shows it in an editor, and a reader of a list that breaks the shape is told the same.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from shop.assay.sellers.endings import LONGEST_HOST
from shop.assay.sellers.published_text import MOST_PROBLEMS, Problem, child, shown

MOST_SELLERS = 10_000
MOST_NOT_AUTHORIZED = 10_000
MOST_OF_A_SELLER = 200  # domains, paths, regions or products
_LONGEST_NAME = 200
_LONGEST_ADDRESS = 2000
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def _text(description: str, longest: int = _LONGEST_NAME, **more: object) -> dict[str, Any]:
    return {
        "description": description,
        "type": "string",
        "minLength": 1,
        "maxLength": longest,
        **more,
    }


def _day(description: str) -> dict[str, Any]:
    return {"description": description, "type": "string", "format": "date", "pattern": _DAY}


def _several(description: str, items: dict[str, Any], *, least: int = 0) -> dict[str, Any]:
    return {
        "description": description,
        "type": "array",
        "items": items,
        "minItems": least,
        "maxItems": MOST_OF_A_SELLER,
    }


_HOST = _text("Write one host, like “shop.example”, without “https://” and path.", LONGEST_HOST)
_SELLER = {
    "description": "Write an object with a “name” and “domains”.",
    "type": "object",
    "required": ["name", "domains"],
    "properties": {
        "name": _text("Write the seller’s name as it calls itself, in up to 200 characters."),
        "domains": _several(
            'Write a list of one to 200 hosts, like ["shop.example"]. Each stands for all names '
            "below it.",
            _HOST,
            least=1,
        ),
        "paths": _several(
            'Write a list of up to 200 paths, like ["/stores/name"], where only these pages of '
            "the domains are the seller’s. Leave it out for the whole site.",
            _text("Write a path, like “/stores/name”.", _LONGEST_ADDRESS),
        ),
        "regions": _several(
            'Write a list of countries as two letters of ISO 3166-1, like ["US", "CA"], or '
            '["001"] for the world. Leave it out for the world.',
            _text("Write two letters of ISO 3166-1, like “US”, or “001” for the world.", 10),
        ),
        "products": _several(
            "Write a list of product names, SKUs, GTINs or categories. Leave it out for all.",
            _text("Write a product’s name, SKU, GTIN or category, in up to 200 characters."),
        ),
        "relation": {
            "description": "Write “direct” for your own shop, “reseller”, or “marketplace-store” "
            "for a page on a marketplace.",
            "enum": ["direct", "reseller", "marketplace-store"],
            "default": "reseller",
        },
        "from": _day("Write the first day as YYYY-MM-DD, like “2026-01-31”."),
        "until": _day("Write the last day as YYYY-MM-DD, like “2026-12-31”."),
    },
}
_REFUSED = {
    "description": "Write an object with a “domain”.",
    "type": "object",
    "required": ["domain"],
    "properties": {
        "domain": _HOST,
        "since": _day("Write the day since when as YYYY-MM-DD, like “2026-01-31”."),
    },
}
_NOT_AUTHORIZED = {
    "description": "Write a list of up to 10,000 objects with a “domain”: the addresses that you "
    "want known as not authorized.",
    "type": "array",
    "items": _REFUSED,
    "maxItems": MOST_NOT_AUTHORIZED,
}
SCHEMA: Mapping[str, Any] = MappingProxyType(
    {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A brand’s list of authorized sellers",
        "description": "Write a JSON object with “version”, “brand”, “canonical”, “expires” and "
        "“sellers”.",
        "type": "object",
        "required": ["version", "brand", "canonical", "expires", "sellers"],
        "properties": {
            "version": {"description": "Write 1, the version of this format.", "const": 1},
            "brand": _text("Write the brand’s name as it stands on the products."),
            "canonical": _text(
                "Write the https address at which this list is published, on a website of the "
                "brand’s own.",
                _LONGEST_ADDRESS,
                format="uri",
            ),
            "expires": _day(
                "Write the last day on which this list holds as YYYY-MM-DD, at most 400 days ahead."
            ),
            "sellers": {
                "description": "Write a list of up to 10,000 sellers; an empty one, [], says that "
                "nobody is authorized.",
                "type": "array",
                "items": _SELLER,
                "maxItems": MOST_SELLERS,
            },
            "not_authorized": _NOT_AUTHORIZED,
            "not_authorised": _NOT_AUTHORIZED,
        },
        "not": {"type": "object", "required": ["not_authorized", "not_authorised"]},
    }
)
TOP_KEYS = tuple(SCHEMA["properties"])
SELLER_KEYS = tuple(_SELLER["properties"])
REFUSED_KEYS = tuple(_REFUSED["properties"])


def misshapen(document: object) -> Iterator[Problem]:
    """Where the document breaks the shape, in its own order; at most MOST_PROBLEMS."""
    return _broken(_LIST_VALIDATOR, document)


def misshapen_seller(entry: object) -> Iterator[Problem]:
    """The same for one entry of `sellers` by itself."""
    return _broken(_SELLER_VALIDATOR, entry)


def _broken(validator: Draft202012Validator, document: object) -> Iterator[Problem]:
    errors = validator.iter_errors(document)
    return islice((problem for error in errors for problem in _problems(error)), MOST_PROBLEMS)


def _problems(error: ValidationError) -> Iterator[Problem]:
    schema: Any = error.schema
    path = "$"
    for key in error.absolute_path:
        path = child(path, key)
    if error.validator == "required":
        missing = next(key for key in schema["required"] if error.message.startswith(f"'{key}'"))
        told = schema["properties"][missing]["description"]
        yield Problem(path, f"Add {shown(missing)}. {told}")
    elif error.validator == "not":
        yield Problem(child(path, "not_authorised"), "Keep one of the two spellings of this key.")
    else:
        yield Problem(path, schema["description"])


_LIST_VALIDATOR = Draft202012Validator(dict(SCHEMA))
_SELLER_VALIDATOR = Draft202012Validator(_SELLER)
