"""What does the report itself say to a result: pass, or fail? In seven languages."""

import re

from shop.assay.certificates.reading.spelling import folded, plain

_LETTERS = {"p": "pass", "f": "fail"}
# Failing words are taken out first: most of them hold passing ones.
_BROKEN_TEXT = r"""fail(?:s|ed|ure)?|(?:does|do|did) not (?:comply|conform|meet|pass|satisfy|fulfil)
    |not? (?:ok|compliant|complying|conform(?:ing|e)?|pass(?:ed)?|satisfactory|acceptable|accepted
    |in spec|within|met|meeting|released|approved)|non[ -]?(?:compliant|conform\w*|compliance)
    |out of (?:spec\w*|limits?|range)|oos|unsatisfactory|unacceptable|rejected|exceeds
    |nicht (?:bestanden|konform|erfullt|in ordnung|i\.? ?o|entsprech\w+)|entspricht nicht
    |n\.? ?i\.? ?o|(?<!nicht )beanstandet|nicht eingehalten|pas conforme|insatisfaisant\w*
    |ne (?:repond|satisfait) pas|no (?:cumple|conforme|apto|satisfactorio)|rechazado|non idoneo
    |non soddisfa\w*|reprovado|nao (?:conforme|cumpre|atende|aprovado|satisfaz)|fuori specifica
    |voldoet niet|niet (?:conform|akkoord|voldaan)|afgekeurd|fuera de especificacion
    |hors specification
    |\u2717|\u2718|\u2716|\u2715"""
_KEPT_TEXT = r"""pass(?:es|ed)?|ok|compl(?:y|ies|iant|ied)|conform(?:s|ing|e|es|ity|a)?|met|meets?
    |satisf(?:y|ies|actory)|acceptable|accepted|approved|released|within (?:spec\w*|limits?|range)
    |in (?:spec\w*|ordnung)|bestanden|entspricht|konform|erfullt|i\.? ?o|eingehalten|satisfaisant\w*
    |repond|satisfait|accepte|cumple|apto|satisfactorio|aprobado|idoneo|soddisfa\w*|aprovado|cumpre
    |atende|satisfaz|voldoet|voldaan|akkoord|goedgekeurd|\u2713|\u2714|\u2705"""


def printed(text: str) -> str:
    """Say "pass" or "fail" as the report does; empty where it says neither, or both."""
    low = folded(plain(text))
    if letter := _LETTERS.get(low.strip(" .()")):
        return letter
    rest, failing = _FAIL.subn(" ", low)
    is_passing = bool(_PASS.search(rest))
    if bool(failing) == is_passing:
        return ""
    return "fail" if failing else "pass"


def _words(text: str) -> re.Pattern[str]:
    alternatives = "|".join(" ".join(part.split()) for part in text.split("|"))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


_FAIL, _PASS = _words(_BROKEN_TEXT), _words(_KEPT_TEXT)
