"""Which rules are there, and in which edition?"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from shop.assay import decisions, inspection
from shop.assay.certificates import checks as certificate_checks
from shop.assay.sellers import checks as seller_checks
from shop.assay.vocabulary import Rule

# The edition of all rules together, on every verdict. Raise it whenever a rule is added, dropped,
# or comes to mean something else: every subject is then judged again.
RULE_SET = "2026.14"


def rule(code: str) -> Rule:
    """The rule with this code. Raises KeyError for one that is not, or no longer, in use."""
    return RULES[code]


def _collected(*groups: Iterable[Rule]) -> Mapping[str, Rule]:
    found: dict[str, Rule] = {}
    for group in groups:
        for each in group:
            if found.setdefault(each.code, each) is not each:
                message = f"two rules are called {each.code}"
                raise ValueError(message)
    return MappingProxyType(found)


RULES: Mapping[str, Rule] = _collected(
    certificate_checks.RULES, seller_checks.RULES, inspection.RULES, decisions.RULES
)
