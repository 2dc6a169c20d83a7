"""What does the desk show of a laboratory's record, and how is its history told?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shop.accounts import service as accounts
from shop.assay.policy import Mark
from shop.certificates import (
    accreditations,
    laboratory_changes,
    laboratory_lookups,
    laboratory_pins,
    seen_hosts,
)
from shop.certificates.accreditations import AccreditationStatus
from shop.certificates.laboratory_changes import Change
from shop.certificates.laboratory_lookups import Needs
from shop.certificates.laboratory_models import LaboratoryChange, SigningPin
from shop.certificates.models import Accreditation, Laboratory
from shop.plumbing import clock
from shop.staff import words
from shop.web.words import Words

_SOFTWARE = "Software"
STATUSES: Mapping[AccreditationStatus, str] = {
    AccreditationStatus.ACTIVE: "In force",
    AccreditationStatus.SUSPENDED: "Suspended",
    AccreditationStatus.WITHDRAWN: "Withdrawn",
}
KINDS: Mapping[str, str] = {"qr": "a code", "text": "a printed address", "link": "a link"}
_HOSTS: Mapping[str, Words] = {
    seen_hosts.PROPOSED: Words(Mark.REVIEW, "Waits"),
    seen_hosts.APPROVED: Words(Mark.OK, "Approved"),
    seen_hosts.REFUSED: Words(Mark.STOP, "Refused"),
}


@dataclass(frozen=True, slots=True)
class HostRow:
    """A host to which its documents lead, or may lead."""

    host: str
    told: Words
    state: str
    documents: int
    kind: str
    certificate: str  # public id of the first document; empty: entered by staff
    who: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class AccreditationRow:
    row: Accreditation
    told: Words
    checked_by: str


@dataclass(frozen=True, slots=True)
class PinRow:
    """A certificate; `may_agree` for whoever looks at the page."""

    pin: SigningPin
    told: Words
    asked_by: str
    agreed_by: str
    removed_by: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history."""

    at: datetime
    who: str
    did: str
    note: str


@dataclass(frozen=True, slots=True)
class LaboratoryPage:
    laboratory: Laboratory
    documents: int
    hosts: Sequence[HostRow]
    accreditations: Sequence[AccreditationRow]
    pins: Sequence[PinRow]
    signed: int  # certificates seen on its documents that nobody has pinned
    history: Sequence[Line]


def build(laboratory: Laboratory) -> LaboratoryPage:
    names = accounts.names()
    today = clock.today()
    found = accreditations.accreditations_of(laboratory.id)
    return LaboratoryPage(
        laboratory=laboratory,
        documents=laboratory_changes.count_documents(laboratory.id),
        hosts=_hosts(laboratory, names),
        accreditations=[_accreditation(row, today, names) for row in reversed(found)],
        pins=[pin_row(pin, names) for pin in laboratory_pins.pins_of(laboratory.id)],
        signed=len(laboratory_pins.seen_on_documents(laboratory)),
        history=[_line(row, names) for row in laboratory_changes.history(laboratory.id)],
    )


def accreditation_told(row: Accreditation, today: date) -> Words:
    """Where an accreditation stands, and when it ends if that is soon."""
    if row.status != AccreditationStatus.ACTIVE:
        return Words(Mark.STOP, STATUSES[AccreditationStatus(row.status)])
    if row.valid_to is not None and row.valid_to < today:
        return Words(Mark.OLD, "Ended")
    if row.checked_at is None:
        return Words(Mark.REVIEW, "Nobody has looked")
    if row.valid_to is not None and row.valid_to <= today + accreditations.SOON:
        return Words(Mark.REVIEW, f"Ends in {_days((row.valid_to - today).days)}")
    return Words(Mark.OK, STATUSES[AccreditationStatus.ACTIVE])


def pin_row(pin: SigningPin, names: Mapping[str, str]) -> PinRow:
    if pin.removed_at is not None:
        told = Words(Mark.STOP, "Removed")
    elif not pin.agreed_by:
        told = Words(Mark.REVIEW, "Waits for a second person")
    else:
        told = Words(Mark.OK, "Pinned")
    who = [_who(each, names) for each in (pin.pinned_by, pin.agreed_by, pin.removed_by)]
    return PinRow(pin, told, *who)


def needs_told(needs: Needs, today: date) -> list[Words]:
    """What a record needs, for the list of laboratories."""
    told = []
    if needs.hosts:
        hosts = "look-up page" if needs.hosts == 1 else "look-up pages"
        told.append(Words(Mark.REVIEW, f"{needs.hosts} {hosts} to decide"))
    if needs.pins:
        pins = "certificate" if needs.pins == 1 else "certificates"
        told.append(Words(Mark.REVIEW, f"{needs.pins} signing {pins} to agree to"))
    if needs.ending is not None and needs.ending < today:
        told.append(Words(Mark.OLD, "Accreditation ended"))
    elif needs.ending is not None:
        left = _days((needs.ending - today).days)
        told.append(Words(Mark.REVIEW, f"Accreditation ends in {left}"))
    return told


def _hosts(laboratory: Laboratory, names: Mapping[str, str]) -> list[HostRow]:
    seen = laboratory_lookups.seen_of(laboratory.id)
    rows = [
        HostRow(
            row.host,
            _HOSTS[row.state],
            row.state,
            row.documents,
            KINDS.get(row.kind, "a link"),
            public_id,
            _who(row.decided_by, names) if row.decided_at else "",
            row.decided_at,
        )
        for row, public_id in seen
    ]
    known = {row.host for row in rows}
    by_hand = [host for host in laboratory.verify_hosts if host not in known]
    told = _HOSTS[seen_hosts.APPROVED]
    return [
        *rows,
        *(HostRow(host, told, seen_hosts.APPROVED, 0, "", "", "", None) for host in by_hand),
    ]


def _accreditation(row: Accreditation, today: date, names: Mapping[str, str]) -> AccreditationRow:
    return AccreditationRow(row, accreditation_told(row, today), _who(row.checked_by, names))


def _line(row: LaboratoryChange, names: Mapping[str, str]) -> Line:
    details = row.details
    what = Change(row.what)
    note = str(details.get("reason", "")) or _listed(details)
    return Line(row.at, _who(row.staff_id, names), _DID[what](details), note)


def _listed(details: Mapping[str, object]) -> str:
    """Which names or addresses came and went."""
    parts = []
    for key, word in (("added", "Added"), ("removed", "Removed")):
        values = details.get(key)
        if isinstance(values, list) and values:
            parts.append(f"{word} {', '.join(map(str, values))}")
    return "; ".join(parts)


def _named(text: str) -> Callable[[Mapping[str, object]], str]:
    return lambda details: text.format(name=details.get("name", ""))


_DID: Mapping[Change, Callable[[Mapping[str, object]], str]] = {
    Change.ADDED: _named("Put it on record"),
    Change.RENAMED: lambda details: f"Renamed it from {details['before']} to {details['name']}",
    Change.NAMES: _named("Changed its other names"),
    Change.DOMAINS: _named("Changed its web addresses"),
    Change.HOST_APPROVED: _named("Approved {name} as a look-up page"),
    Change.HOST_REFUSED: _named("Refused {name} as a look-up page"),
    Change.ACCREDITATION_ADDED: _named("Recorded the accreditation {name}"),
    Change.ACCREDITATION_CHANGED: _named("Changed the accreditation {name}"),
    Change.ACCREDITATION_SEEN: _named("Saw the accreditation {name} again"),
    Change.PIN_ASKED: _named("Proposed the signing certificate of {name}"),
    Change.PIN_AGREED: _named("Agreed to the signing certificate of {name}"),
    Change.PIN_REMOVED: _named("Removed the signing certificate of {name}"),
    Change.RETIRED: _named("Took it off record"),
    Change.RESTORED: _named("Put it back on record"),
    Change.MERGED: _named("Joined it with {name}"),
    Change.TOOK_OVER: _named("Joined {name} with it"),
}


def _who(staff_id: str, names: Mapping[str, str]) -> str:
    return names.get(staff_id, words.SOMEBODY) if staff_id else _SOFTWARE


def _days(count: int) -> str:
    return f"{count} {'day' if count == 1 else 'days'}"
