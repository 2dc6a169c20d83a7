"""What do the interfaces for programs take and give? The JSON Schemas of the OpenAPI document.

They describe the plain way to write a case. What is read besides (British spellings, single values
for lists, texts for objects) stands in docs/sellers-programs.md.
"""

from typing import Any

from shop.assay.sellers.facts import SellerState, Statement
from shop.assay.sellers.programs import SEVERITIES
from shop.assay.vocabulary import Outcome

Schema = dict[str, Any]
MOST_CASES = 100
# The advertisement that this project starts from.
EXAMPLE: Schema = {
    "now": "2026-11-22",
    "brand": {"name": "HAIRIZ"},
    "link": "https://americandiscounttableware.com/hairiz-3d-exosome",
    "statement": "authentic",
}


def schemas() -> dict[str, Schema]:
    """Component name -> schema."""
    return {
        "Case": _CASE,
        "Cases": _object(
            {"cases": _list(_ref("Case"), maxItems=MOST_CASES, minItems=1)}, required=["cases"]
        ),
        "Brand": _BRAND,
        "Domain": _DOMAIN,
        "Proof": _PROOF,
        "Retailer": _RETAILER,
        "Authorization": _AUTHORIZATION,
        "Scope": _SCOPE,
        "Observed": _OBSERVED,
        "Answer": _ANSWER,
        "Answers": _object({"answers": _list(_ref("Answer"))}, required=["answers"]),
        "Finding": _FINDING,
        "Problem": _PROBLEM,
    }


def check_operation() -> Schema:
    """What the OpenAPI document says of `POST /api/v1/sellers/check`."""
    problems = {
        "400": "The body is not JSON.",
        "403": "A page of another site asked.",
        "413": "The body is larger than 256 KiB.",
        "415": "The body is not labelled as JSON.",
        "422": "The case cannot be read; `path` says where.",
        "429": "Too many requests from one address.",
    }
    return {
        "operationId": "checkSellers",
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"oneOf": [_ref("Case"), _ref("Cases")]},
                    "examples": {"advertisement": {"value": EXAMPLE}},
                }
            },
        },
        "responses": {
            "200": {
                "description": "State and findings, in the order of the cases.",
                "content": {
                    "application/json": {"schema": {"oneOf": [_ref("Answer"), _ref("Answers")]}}
                },
            },
            **{status: problem_response(text) for status, text in problems.items()},
        },
    }


def problem_response(description: str) -> Schema:
    """A response that tells of a problem."""
    return {
        "description": description,
        "content": {"application/problem+json": {"schema": _ref("Problem")}},
    }


def _object(properties: dict[str, Schema], *, required: list[str], **more: Any) -> Schema:  # noqa: ANN401 - JSON
    return {"type": "object", "properties": properties, "required": required, **more}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(items: Schema, **more: Any) -> Schema:  # noqa: ANN401 - JSON
    return {"type": "array", "items": items, **more}


def _text(description: str, **more: Any) -> Schema:  # noqa: ANN401 - JSON
    return {"type": "string", "description": description, **more}


def _or_null(schema: Schema) -> Schema:
    return {"oneOf": [schema, {"type": "null"}]}


def _words(description: str, *words: str) -> Schema:
    return {"type": "string", "enum": list(words), "description": description}


def _when(description: str) -> Schema:
    return _text(
        f"{description} A date (2026-11-22) or an RFC 3339 moment (2026-11-22T09:00:00Z).",
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9:.,]+([Zz]|[+-][0-9]{2}:?[0-9]{2})?)?$",
    )


_DAY = _when("The day of the look.")
_PROOF = _object(
    {
        "method": _words(
            "How control was shown. DNS speaks for all names below, the others for one host.",
            *("dns", "file", "meta"),
        ),
        "verified_at": _when("When it was last confirmed."),
        "expires_at": _when("The last day on which it holds."),
        "status": _words("Where it stands.", "ok", "stale", "lost", "none"),
    },
    required=[],
    description="Evidence that somebody controls a domain.",
)
_DOMAIN = _object(
    {
        "domain": _text("A host name; it stands for all names below it, too."),
        "proof": _or_null(_ref("Proof")),
        "exact": {"type": "boolean", "description": "This host alone."},
    },
    required=["domain"],
)
_AUTHORIZATION = _object(
    {
        "source": _words(
            "Who says so: the list that the brand publishes, or staff from a page or a letter.",
            *("brand_list", "staff"),
        ),
        "from": _when("The first day."),
        "until": _when("The last day."),
        "status": _words("Whether the brand stands by it.", "active", "revoked"),
        "revoked_at": _when("When the brand took it back."),
        "list_date": _when("The date of the list."),
    },
    required=["source"],
)
_SCOPE: Schema = {
    "description": "How far it reaches. Nothing: the whole domain.",
    "oneOf": [
        {"type": "null"},
        _text("domain, host, tenant, a path (/stores/x), a host, or an address with a path."),
        _object(
            {
                "paths": _list(_text("A page and what is below it, by whole segments.")),
                "hosts": _list(_text("These hosts alone.")),
                "tenants": _list(_text("Shops of a hosted platform.")),
                "regions": _list(_text("ISO 3166 codes; 001 is the world.")),
                "products": _list(_text("Names, SKUs, GTINs or categories.")),
            },
            required=[],
        ),
        _list({"oneOf": [{"type": "string"}, {"type": "object"}]}),
    ],
}
_RETAILER = _object(
    {
        "name": _text("As a link is labelled with it."),
        "marketplace": {"type": "boolean", "description": "Many sellers under one address."},
        "domains": _list(_ref("Domain")),
        "authorization": _or_null(_ref("Authorization")),
        "scope": _ref("Scope"),
    },
    required=["name", "domains"],
)
_BRAND = _object(
    {
        "name": _text("The brand."),
        "official": _list(_ref("Domain"), description="The brand's own addresses."),
        "category": _text('As in "this product is hair care".'),
        "list": _object(
            {"date": _when("Of the list."), "expires": _when("The last day on which it holds.")},
            required=[],
            description="The published list of sellers. Without it, one is taken to exist "
            "when a retailer's authorization comes from brand_list.",
        ),
        "not_authorized": _list(
            _object({"domain": _text("A host."), "date": _DAY}, required=["domain"]),
            description="Addresses that the brand itself names as not authorized.",
        ),
    },
    required=["name"],
)
_OBSERVED = _object(
    {
        "date": _DAY,
        "chain": _list(_text("An address."), description="Where the link led, itself first."),
        "previous_chain": _list(_text("An address."), description="Where it led before."),
        "trouble": _words(
            "Why following it ended early.", "blocked", "too_many", "not_found", "unreachable"
        ),
        "resolves": {"type": "boolean", "description": "Whether DNS knows the last host."},
        "tls": _words("What the certificate came to.", "ok", "name_mismatch", "not_trusted"),
        "rdap": _object({"created": _when("Of the registration.")}, required=[]),
        "lists": _list(
            _object({"name": _text("Of the public list."), "date": _DAY}, required=["name"]),
            description="Public lists that name the host.",
        ),
    },
    required=[],
    description="What was seen about the link. Nothing is fetched to answer.",
)
_CASE = _object(
    {
        "now": _when("The moment to judge at; without it, today."),
        "brand": _ref("Brand"),
        "retailers": _list(_ref("Retailer")),
        "link": _text("The link, exactly as somebody wrote it."),
        "declared_seller": _text("Whose shop the link is said to open."),
        "statement": _words("What is said of it.", *Statement),
        "observed": _ref("Observed"),
        "protected": _list(_text("A name or a host of somebody else, to be compared with.")),
        "product": _object(
            {name: _text("As a list may name it.") for name in ("name", "sku", "gtin")},
            required=[],
        ),
        "region": _text("Where the offer is made; US if nothing is said.", examples=["US"]),
    },
    required=["brand", "link"],
)
_FINDING = _object(
    {
        "code": _text("Stable; docs/rules lists them all.", examples=["seller.not_listed"]),
        "severity": _words("How much it weighs.", *SEVERITIES.values()),
        "outcome": _words("What it does to the state.", *Outcome),
        "details": {"type": "object", "additionalProperties": {"type": "string"}},
        "sentence": _text("For people, in English. It may be reworded at any time."),
    },
    required=["code", "severity", "outcome", "details", "sentence"],
)
_ANSWER = _object(
    {
        "state": _words("The worst finding decides.", *SellerState),
        "outcome": _words("The same as passed, failed or indeterminate.", *Outcome),
        "host": _or_null(_text("What a browser opens, in punycode; null: nothing.")),
        "registrable": _or_null(_text("The name that somebody registered; null: none.")),
        "findings": _list(_ref("Finding")),
    },
    required=["state", "outcome", "host", "registrable", "findings"],
)
_PROBLEM = _object(
    {
        "type": _text("about:blank"),
        "title": _text("What happened."),
        "status": {"type": "integer"},
        "detail": _text("What to do about it."),
        "code": _text("Stable."),
        "request_id": _text("To be quoted when asking about it."),
        "path": _text("Where in the body, as a JSON path.", examples=["$.retailers[0].domains"]),
    },
    required=["type", "title", "status", "detail", "code", "request_id"],
    description="RFC 9457.",
)
