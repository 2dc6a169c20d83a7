"""How is an address taken apart, so that a reader sees which of its words belong where?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from shop.assay.sellers.hostnames import Link, parse
from shop.assay.sellers.names import folded
from shop.assay.sellers.trades import trade_of, words_in
from shop.assay.vocabulary import Finding


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an address. `kind`: word, off (another trade, another letter), hit, rest."""

    text: str
    kind: str = "rest"


@dataclass(frozen=True, slots=True)
class Comparison:
    """An address beside the one that was looked for."""

    host: str
    pieces: Sequence[Piece]
    legend: str
    twin: str = ""  # the brand's or a named seller's address that this one resembles
    twin_pieces: Sequence[Piece] = ()


def compare(url: str, brand: str, findings: Sequence[Finding]) -> Comparison:
    """Take the address apart: letter by letter beside its twin, else word by word."""
    link = parse(url)
    twin = next(
        (
            each.details["target"]
            for each in findings
            if each.rule.code.startswith("name.") and "target" in each.details
        ),
        "",
    )
    if twin:
        return _letters(link, twin)
    return _words(link, brand)


def breakable(host: str, brand: str) -> list[str]:
    """The host in the pieces between which a line may break: its words, not its letters."""
    link = parse(f"https://{host}")
    name = folded(brand)
    words = words_in(link.label, (name,) if name else ()) if link.label else ()
    if "".join(words) != link.label or link.shown != host:
        return [host]
    head = [f"{link.subdomain}."] if link.subdomain else []
    return [*head, *words, f".{link.suffix}"]


def _words(link: Link, brand: str) -> Comparison:
    name = folded(brand)
    words = words_in(link.label, (name,) if name else ())
    trade = trade_of(words)
    pieces = [Piece(f"{link.subdomain}.")] if link.subdomain else []
    pieces += [Piece(word, _kind(word, name)) for word in words]
    pieces.append(Piece(f".{link.suffix}" if link.suffix else ""))
    quoted = ", ".join(f"“{word}”" for word in words)
    legend = f"Words in the address: {quoted}." if words else ""
    if trade:
        legend += " Dashed: a word from another trade."
    return Comparison(link.shown, pieces, legend)


def _kind(word: str, name: str) -> str:
    if word == name:
        return "hit"
    return "off" if trade_of((word,)) else "word"


def _letters(link: Link, twin: str) -> Comparison:
    host = link.unicode_host or link.text
    here: list[Piece] = []
    there: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, host, twin, autojunk=False).get_opcodes():
        is_same = kind == "equal"
        here += _piece(host[a:b], "rest" if is_same else "off")
        there += _piece(twin[c:d], "rest" if is_same else "hit")
    return Comparison(link.shown, here, "Dashed: where it differs.", twin, there)


def _piece(text: str, kind: str) -> Iterator[Piece]:
    if text:
        yield Piece(text, kind)
