"""How does a name read in an address? Folding of names and the parts of a host, without opinion."""

import unicodedata
from functools import lru_cache

# What many names end in, so that the rest of it names the owner.
_GENERIC_WORDS = """
beauty co company corp cosmetics cosmeticos gmbh group hair haircare holding holdings inc
international labs limited ltd makeup organics paris plc pharmacies pharmacy products
professional sa shop skin skincare store stores usa
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
_SHORTEST_CORE = 5


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name as it would be written in an address: "Maren & Oak" is marenoak."""
    return "".join(char for char in _plain(name) if char.isalnum())


@lru_cache(maxsize=4096)
def spellings(name: str) -> tuple[str, ...]:
    """The ways to write a name in an address, the shortest first."""
    with_and = _plain(name).replace("&", " and ").replace("+", " and ")
    both = {folded(name), "".join(char for char in with_and if char.isalnum())}
    return tuple(sorted(filter(None, both), key=lambda text: (len(text), text)))


def core(name: str) -> tuple[str, ...]:
    """The part of a name that is its owner's alone: "Kopari Beauty" is kopari. At most one."""
    words = [folded(word) for word in name.replace("-", " ").split()]
    words = [word for word in words if word]
    kept = list(words)
    while len(kept) > 1 and kept[-1] in _GENERIC:
        kept.pop()
    text = "".join(kept)
    return (text,) if len(kept) < len(words) and len(text) >= _SHORTEST_CORE else ()


def squashed(host: str) -> str:
    """A host without its dots and hyphens."""
    return host.replace(".", "").replace("-", "")


def token_runs(label: str) -> frozenset[str]:
    """Every run of tokens between hyphens: a-b-c holds a, b, c, ab, bc and abc."""
    tokens = [token for token in label.split("-") if token][:20]
    return frozenset(
        "".join(tokens[start:end])
        for start in range(len(tokens))
        for end in range(start + 1, len(tokens) + 1)
    )


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))
