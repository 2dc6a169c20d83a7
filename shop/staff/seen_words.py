"""How is what was seen of a link, or said of a seller, told to staff?"""

from collections.abc import Mapping
from datetime import date

from shop.assay.policy import Mark
from shop.assay.sellers.facts import AuthorizationStatus, Source
from shop.assay.sellers.observed import Trouble
from shop.assay.vocabulary import Outcome
from shop.sellers.models import Authorization
from shop.sellers.observing import Change, What
from shop.web.rendering import show_date
from shop.web.words import Words

MARKS: Mapping[Outcome, Mark] = {
    Outcome.PASSED: Mark.OK,
    Outcome.FAILED: Mark.WARN,
    Outcome.INDETERMINATE: Mark.NONE,
    Outcome.NOT_APPLICABLE: Mark.INFO,
}
SOURCES: Mapping[Source, str] = {
    Source.BRAND_LIST: "The brand’s own list",
    Source.STAFF: "Entered by our staff",
}
TROUBLES: Mapping[Trouble, str] = {
    Trouble.BLOCKED: "It led to an internal network address, and was not opened.",
    Trouble.TOO_MANY: "It kept redirecting.",
    Trouble.NOT_FOUND: "The name could not be found.",
    Trouble.UNREACHABLE: "No answer came in time.",
}
_CHANGES: Mapping[What, str] = {
    What.DESTINATION: "Where it ends",
    What.WAY: "Sites on the way",
    What.TROUBLE: "Trouble",
    What.CERTIFICATE: "Certificates",
    What.STATUS: "Answer",
}
# As a worker noted them for each address on the way; nothing where there is no encryption.
_CERTIFICATES: Mapping[str, str] = {
    "": "Not encrypted",
    "ok": "Certificate matches",
    "name_mismatch": "Certificate is for another name",
    "not_trusted": "Certificate is not trusted",
}
_NOTHING = "nothing"
_NO_ANSWER = "No answer"


def answer(status: int | None, tls: str) -> str:
    """How an address on the way answered."""
    if status is None and not tls:  # nobody was reached who could have encrypted anything
        return _NO_ANSWER
    code = str(status) if status else _NO_ANSWER
    return f"{code} · {_CERTIFICATES[tls]}"


def change(each: Change) -> tuple[str, str, str]:
    """What differs between two looks: (what, before, then)."""
    return _CHANGES[each.what], _value(each.what, each.before), _value(each.what, each.now)


def standing(said: Authorization, today: date) -> Words:
    """Whether a brand's word holds today, and until when."""
    if said.status == AuthorizationStatus.REVOKED:
        since = f" since {show_date(said.revoked_on)}" if said.revoked_on else ""
        return Words(Mark.STOP, f"No longer named{since}")
    if said.ends_on is not None and said.ends_on < today:
        return Words(Mark.OLD, f"Ended {show_date(said.ends_on)}")
    if said.starts_on is not None and said.starts_on > today:
        return Words(Mark.OLD, f"Begins {show_date(said.starts_on)}")
    until = f" until {show_date(said.ends_on)}" if said.ends_on else ""
    mark = Mark.OK if said.source == Source.BRAND_LIST else Mark.INFO
    return Words(mark, f"Named{until}")


def _value(what: What, text: str) -> str:
    match what:
        case What.TROUBLE:
            return TROUBLES[Trouble(text)] if text else _NOTHING
        case What.CERTIFICATE:
            states = [_CERTIFICATES[state] for state in text.split(", ")] if text else []
            return "; ".join(states) or _NOTHING
        case What.DESTINATION | What.WAY | What.STATUS:
            return text or _NOTHING
