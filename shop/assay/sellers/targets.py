"""What may an address be taken for? Addresses and names of somebody, ready to be compared."""

from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from shop.assay.sellers.endings import Place
from shop.assay.sellers.english import is_common
from shop.assay.sellers.hostnames import parse
from shop.assay.sellers.names import core, folded, spellings, squashed
from shop.assay.sellers.skeletons import loosened
from shop.assay.sellers.words import OWN_TRADE, SELLING


class Role(Enum):
    """Whose name it is, seen from the product."""

    BRAND = "the product's own brand"
    SELLER = "a seller that is named for the product"
    OTHER = "somebody else's, protected"


@dataclass(frozen=True, slots=True)
class Target:
    """One address, or one name whose address nobody knows; `name` is what a sentence calls it."""

    label: str  # without its ending: "olaplex"
    name: str
    registrable: str = ""  # empty for a name
    suffix: str = ""
    native: str = ""  # the label as its owner writes it: "kérastase"
    role: Role = Role.OTHER
    # Made of these once, since every comparison asks for them.
    joined: str = field(init=False, compare=False)  # the label without hyphens
    whole: str = field(init=False, compare=False)  # the address without dots and hyphens
    typed: str = field(init=False, compare=False)  # what a keyboard without accents makes of it
    drawn: str = field(init=False, compare=False)  # what it looks like

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "joined", squashed(self.label))
        put(self, "whole", squashed(self.registrable))
        put(self, "typed", self.joined if self.native.isascii() else folded(self.native))
        put(self, "drawn", loosened(self.native.replace("-", "")))

    @property
    def shown(self) -> str:
        """The address, or else the name, as a sentence gives it."""
        return shown_host(self.registrable) if self.registrable else self.name

    @property
    def is_common(self) -> bool:
        """Whether others use it without thinking of its owner: "native", "target"."""
        return is_common(self.joined)

    @property
    def is_generic(self) -> bool:
        """Whether it is a word of the trade, in whatever language: "pharmacy", "apteka"."""
        return self.joined in OWN_TRADE or self.joined in SELLING


@lru_cache(maxsize=16_384)
def targets_of(text: str, name: str = "", role: Role = Role.OTHER) -> tuple[Target, ...]:
    """What can be taken for a host ("olaplex.com") or for a name ("Kopari Beauty": two spellings).

    Nothing for a text that is neither.
    """
    link = parse(f"https://{text}") if "." in text and " " not in text else None
    place = link.place if link is not None else Place()
    if not place.registrable:
        return tuple(
            Target(spelled, name or text, native=_native(text, spelled), role=role)
            for spelled in dict.fromkeys((*spellings(text), *core(text)))
        )
    label = place.registrable.partition(".")[0]
    is_encoded = label.startswith("xn--")
    native = shown_host(place.registrable).partition(".")[0] if is_encoded else label
    return (Target(label, name or label, place.registrable, place.suffix, native, role=role),)


@lru_cache(maxsize=16_384)
def shown_host(host: str) -> str:
    return parse(f"https://{host}").shown


def _native(text: str, spelled: str) -> str:
    """The name with its accents, when that is the whole difference."""
    written = "".join(char for char in text.casefold() if char.isalnum())
    return written if spelled in spellings(written) else spelled
