"""How does a name read in an address? Folding of names and the parts of a host, without opinion."""

import unicodedata
from functools import lru_cache


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
