"""How is an address taken apart, so that a reader sees which of its words belong where?"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from shop.assay.sellers.hostnames import Link, parse
from shop.assay.sellers.names import folded
from shop.assay.sellers.trades import is_common_word, trade_of, words_in
from shop.assay.vocabulary import Finding

_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})  # controls, formats and line ends
_LONGEST_SPELLED = 160  # characters of a link in running text
_MOST_NAMED = 2  # letters that differ; beyond that, dashes say enough


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
    alike = next((each for each in findings if _has_twin(each)), None)
    if alike is not None:
        details = alike.details
        return _letters(_read_host(details.get("h", "")), _read_host(details["target"]))
    return _words(parse(url), brand)


def read_host(shown: str, brand: str) -> Comparison:
    """The same for a host as findings name it: in its own letters, punycode beside it."""
    return _words(_read_host(shown), brand)


def breakable(host: str, brand: str) -> list[str]:
    """The host in the pieces between which a line may break: its words, not its letters."""
    link = parse(f"https://{host}")
    name = folded(brand)
    words = words_in(link.label, (name,) if name else ()) if link.label else ()
    if "".join(words) != link.label or link.shown != host:
        return [host]
    head = [f"{link.subdomain}."] if link.subdomain else []
    return [*head, *words, f".{link.suffix}"]


def spelled(link: Link) -> str:
    """The whole link as a browser sends it, in plain letters and without a name before an "@",
    which is no part of the site. A long path is clipped.
    """
    port = f":{link.port}" if link.port is not None else ""
    return clipped(f"{link.scheme}://{link.host}{port}{link.after_host}")


def clipped(text: str) -> str:
    """A part of a link in running text; whoever wrote it set no limit.

    What nobody sees is spelled out: "U+202E" would turn the rest of an address around.
    """
    short = text if len(text) <= _LONGEST_SPELLED else f"{text[: _LONGEST_SPELLED - 1]}…"
    return "".join(map(_visible, short))


def _visible(char: str) -> str:
    return f"[U+{ord(char):04X}]" if unicodedata.category(char) in _UNSEEN else char


def _has_twin(finding: Finding) -> bool:
    return finding.rule.code.startswith("name.") and "target" in finding.details


def _read_host(shown: str) -> Link:
    return parse(f"https://{shown.partition(' (')[0]}")


def _words(link: Link, brand: str) -> Comparison:
    name = folded(brand)
    words = words_in(link.label, (name,) if name else ()) if link.label else ()
    if not words or "xn--" in link.name:
        whole = Piece(link.unicode_host or link.text[:_LONGEST_SPELLED])
        return Comparison(link.shown or link.text[:_LONGEST_SPELLED], [whole], _plainly(link))
    trade = trade_of(words)
    is_read = trade is not None or all(word == name or is_common_word(word) for word in words)
    head = [Piece(f"{link.subdomain}.")] if link.subdomain else []
    label = _in_order(link.label, words, name) if is_read else [Piece(link.label, "word")]
    tail = Piece(f".{link.suffix}" if link.suffix else "")
    quoted = ", ".join(f"“{word}”" for word in words)
    legend = f"Words in the address: {quoted}." if is_read else ""
    if trade is not None:
        legend += " Dashed: a word from another trade."
    return Comparison(link.shown, [*head, *label, tail], legend)


def _in_order(label: str, words: Sequence[str], name: str) -> Iterator[Piece]:
    """The words of a label with the hyphens between them."""
    at = 0
    for word in words:
        start = label.index(word, at)
        yield from _piece(label[at:start], "rest")
        yield Piece(word, _kind(word, name))
        at = start + len(word)
    yield from _piece(label[at:], "rest")


def _kind(word: str, name: str) -> str:
    if word == name:
        return "hit"
    return "off" if trade_of((word,)) else "word"


def _letters(link: Link, twin: Link) -> Comparison:
    (ours, end), (theirs, twin_end) = _ending_apart(link), _ending_apart(twin)
    here: list[Piece] = []
    there: list[Piece] = []
    swapped: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        is_same = kind == "equal"
        here += _piece(ours[a:b], "rest" if is_same else "off")
        there += _piece(theirs[c:d], "rest" if is_same else "hit")
        if not is_same:
            swapped.append((ours[a:b], theirs[c:d]))
    is_same = end == twin_end
    here += _piece(end, "rest" if is_same else "off")
    there += _piece(twin_end, "rest" if is_same else "hit")
    if is_same:
        said = _difference(swapped)
    elif end and twin_end and not swapped:
        said = f"Dashed: the ending, where the other has {twin_end}."
    else:
        said = _difference([*swapped, (end, twin_end)])
    legend = f"{said} {_plainly(link)}".strip()
    return Comparison(link.shown, here, legend, twin.unicode_host, there)


def _ending_apart(link: Link) -> tuple[str, str]:
    """(what stands before it, the public suffix with its dot): nobody reads the letters that .com
    and .example share as likeness.
    """
    end = f".{link.suffix}" if link.suffix else ""
    body = link.unicode_host.removesuffix(end)
    return body, link.unicode_host[len(body) :]


def _difference(swapped: Sequence[tuple[str, str]]) -> str:
    """Dashed: the digit 0, where the other has the letter o."""
    if len(swapped) > _MOST_NAMED or any(len(a) != 1 or len(b) != 1 for a, b in swapped):
        return "Dashed: where it differs."
    named = (f"{_named(ours)}, where the other has {_named(theirs)}" for ours, theirs in swapped)
    return f"Dashed: {'; '.join(named)}."


def _named(char: str) -> str:
    if char.isascii():
        what = "digit" if char.isdigit() else "letter"
        return f"the {what} {char}" if char.isalnum() else f"“{char}”"
    return unicodedata.name(char, "a letter of another alphabet").capitalize()


def _plainly(link: Link) -> str:
    """An IDN's other form, as certificates and DNS have it."""
    return f"In plain letters: {link.host}." if "xn--" in link.host else ""


def _piece(text: str, kind: str) -> Iterator[Piece]:
    if text:
        yield Piece(text, kind)
