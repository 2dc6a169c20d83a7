"""How values become what a reader sees: dates, lots, money, icons and marks."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from flask import Flask, g
from markupsafe import Markup, escape

from shop.assay.policy import Mark
from shop.catalog.money import exponent
from shop.web import link_words, seller_words, words
from shop.web.assets import FOLDER
from shop.web.carts import cart_count
from shop.web.context import current_shop

NBSP = "\N{NO-BREAK SPACE}"
_SYMBOL = re.compile(r'<symbol id="(?P<id>[a-z-]+)".*?</symbol>')
# Lot and report numbers: capitals and digits, hyphenated, with at least one digit.
_CODE = re.compile(r"(?<![\w-])((?=[A-Z-]*[0-9])[A-Z0-9]{1,12}(?:-[A-Z0-9]{1,12}){1,3})(?![\w-])")
_SHOWN_DATE = re.compile(r"\b(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})\b")
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
_BY_WEIGHT = re.compile(r"\b(g|kg|oz|gram|grams)\b(?!\s*fl)", re.IGNORECASE)
_FLUID = re.compile(r"\bfl", re.IGNORECASE)
# Pictures that a product may have -> how their address ends.
MEDIA_TYPES = {
    "image/svg+xml": "svg",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/png": "png",
    "image/jpeg": "jpg",
}
# Scripts draw verdicts too, so all marks are on every page.
_ALWAYS = tuple(f"m-{mark}" for mark in Mark)


def install(app: Flask) -> None:
    """Give templates their filters and globals."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        date=show_date, moment=show_moment, month=show_month, lot=show_lot, money=show_money,
        typeset=typeset, digest=show_digest, count=show_count,
    )  # fmt: skip
    app.jinja_env.globals.update(
        icon=icon, mark=mark, sprite=sprite, unit_price=unit_price, media_url=media_url,
        product_url=product_url,
        words=words, seller_words=seller_words, link_words=link_words, cart_count=cart_count,
        has_sample_data=has_sample_data,
        nav="", search_text="",
    )  # fmt: skip


def icon(name: str) -> Markup:
    """An icon of `static/icons.svg`; decoration only, so hidden from screen readers."""
    _use(f"i-{name}")
    return Markup(
        '<svg class="i" aria-hidden="true" viewBox="0 0 24 24"><use href="#i-{}"/></svg>'
    ).format(name)


def mark(state: Mark | str) -> Markup:
    """The shape of a verdict. Words always stand beside it."""
    return Markup(
        '<svg class="mark" aria-hidden="true" viewBox="0 0 20 20"><use href="#m-{}"/></svg>'
    ).format(Mark(state).value)


def sprite() -> Markup:
    """The symbols that this page used, for the end of its body."""
    used = [*_ALWAYS, *g.get("symbols", {})]
    symbols = Markup("").join(_symbols()[name] for name in used)
    return Markup('<svg class="vh" aria-hidden="true" focusable="false">{}</svg>').format(symbols)


def media_url(blob: str, content_type: str) -> str:
    """The address of a product's picture, named by its digest."""
    return f"/media/{blob}.{MEDIA_TYPES[content_type]}"


def product_url(slug: str) -> str:
    """The address of a product's page, for cards: `url_for` would cost as much as the card."""
    return f"/p/{slug}"


def has_sample_data() -> bool:
    """Whether the invented catalog was loaded; `flask prepare` leaves this file then."""
    return (current_shop().config.data_dir / "demo-loaded").exists()


def show_date(value: date | datetime | str | None) -> str:
    """3 Oct 2026, which never breaks across lines."""
    if value is None or value == "":
        return ""
    day = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{day.day}{NBSP}{day:%b}{NBSP}{day.year}"


def show_moment(value: datetime) -> str:
    """3 Oct 2026, 15:20:07 UTC."""
    return f"{show_date(value)}, {value:%H:%M:%S} UTC"


def show_month(value: date | None) -> str:
    """March 2029, as packs print an expiry."""
    return f"{value:%B}{NBSP}{value.year}" if value is not None else ""


def show_lot(code: str) -> Markup:
    """A lot code, in the face that tells 0 from O."""
    return Markup("<code>{}</code>").format(code)


def show_money(minor: int | None, currency: str | None) -> str:
    """$34.00 from 3400 and USD."""
    if minor is None or currency is None:
        return ""
    places = exponent(currency)
    amount = Decimal(abs(minor)).scaleb(-places)
    sign = "-" if minor < 0 else ""
    known = _SIGNS.get(currency)
    written = f"{amount:,.{places}f}"
    return f"{sign}{known}{written}" if known else f"{sign}{currency}{NBSP}{written}"


def unit_price(
    minor: int | None, currency: str | None, size: str, size_ml_or_g: float | None
) -> str:
    """$0.68 per ml; empty where the size is not known."""
    if minor is None or currency is None or not size_ml_or_g:
        return ""
    exact = Decimal(minor) / Decimal(str(size_ml_or_g))
    each = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if each == 0:
        return ""
    is_weight = _BY_WEIGHT.search(size) is not None and _FLUID.search(size) is None
    return f"{show_money(each, currency)} per {'g' if is_weight else 'ml'}"


def typeset(text: str) -> Markup:
    """A sentence whose dates and codes never break across lines."""
    parts = _CODE.split(_SHOWN_DATE.sub(rf"\1{NBSP}\2{NBSP}\3", text))
    whole = Markup('<span class="nowrap">{}</span>').format
    return Markup("").join(whole(part) if at % 2 else escape(part) for at, part in enumerate(parts))


def show_digest(value: str) -> str:
    """9f2c 41d0 7be8 55a1 … c03e 6d17"""
    groups = [value[at : at + 4] for at in range(0, len(value), 4)]
    return " ".join([*groups[:4], "…", *groups[-2:]])


def show_count(number: int) -> str:
    """1,234"""
    return f"{number:,}"


def listed(parts: Iterable[str]) -> str:
    """a, b and c"""
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


@cache
def _symbols() -> dict[str, Markup]:
    text = (FOLDER / "icons.svg").read_text(encoding="utf-8")
    # Our own file, read once: its markup is meant to be markup.
    return {found["id"]: Markup(found[0]) for found in _SYMBOL.finditer(text)}  # noqa: S704


def _use(name: str) -> None:
    if name not in _symbols():
        message = f"no symbol {name} in static/icons.svg"
        raise LookupError(message)
    if "symbols" not in g:
        g.symbols = {}
    g.symbols[name] = True
