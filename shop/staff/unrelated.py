"""Which names has a person found to belong to different companies, although they look alike?

A mark takes a warning off every link that bears the name, so it is a decision like any other: with
its reason, on the ledger, and it can be taken back. It never verifies a link.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.assay.sellers.hostnames import parse
from shop.assay.vocabulary import Finding, Outcome
from shop.inspections import service as inspections
from shop.plumbing import clock
from shop.plumbing.errors import Conflict, Refused
from shop.sellers import protecting
from shop.sellers import service as sellers
from shop.sellers.models import Offer, Unrelated
from shop.staff import desk, subjects, words
from shop.staff.forms import AreaField, ChoiceField, Form, Needs, at_most
from shop.verdicts import reviews
from shop.verdicts import service as verdicts
from shop.web.access import staff_only

bp = Blueprint("unrelated", __name__, url_prefix="/staff/sellers")
_FIELDS = {
    "sellers.unrelated_names": "pair",
    "sellers.unrelated_known": "pair",
    "sellers.unrelated_reason": "reason",
}


class MarkForm(Form):
    pair = ChoiceField("The two names", message="Choose the two names.")
    reason = AreaField(
        "How we know",
        [Needs("Enter how we know that these are two companies."), at_most(2000)],
    )


class LiftForm(Form):
    reason = AreaField(
        "Why it no longer holds",
        [Needs("Enter why the mark no longer holds."), at_most(2000)],
    )


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A mark in the list, with the people who made it and took it back."""

    mark: Unrelated
    by: str
    lifted_by: str


Pair = tuple[str, str]  # a name in an address, and what a finding says it resembles


@bp.get("/unrelated")
@staff_only()
def index() -> Response:
    """The newest first; or those before a mark."""
    found = protecting.marks(protecting.PAGE + 1, before=request.args.get("before", ""))
    shown = found[: protecting.PAGE]
    return desk.page(
        "staff/sellers/unrelated.html",
        desk="sellers",
        rows=_rows(shown),
        before=shown[-1].public_id if len(found) > protecting.PAGE else "",
    )


@bp.get("/unrelated/<public_id>")
@staff_only()
def show(public_id: str) -> Response:
    return _show(public_id, LiftForm.blank())


@bp.get("/offers/<public_id>/unrelated")
@staff_only(Role.REVIEWER)
def ask(public_id: str) -> Response:
    offer = sellers.offer(public_id)
    return _ask(offer, MarkForm.blank(_options(offer)))


@bp.post("/offers/<public_id>/unrelated")
@staff_only(Role.REVIEWER)
def mark(public_id: str) -> Response:
    """Every link that bears the name is looked at again; this one at once."""
    offer = sellers.offer(public_id)
    form = MarkForm.sent(**_options(offer))
    if not form.validate():
        return _ask(offer, form)
    try:
        with desk.acting() as staff:
            at = clock.now()
            name, other = form.pair.data.split(" ")
            kept = protecting.mark_unrelated(
                name, other, reason=form.reason.data, staff_id=staff.public_id, at=at
            )
            _record(kept, Outcome.PASSED, kept.reason, staff.public_id, at)
            inspections.inspect(subjects.of_offer(sellers.offer(public_id)), at=at)
    except (Refused, Conflict) as problem:
        form.blame(problem, _FIELDS)
        return _ask(sellers.offer(public_id), form)
    return desk.done(
        "The mark is on record. Links with this name are checked again.",
        url_for("sellers.offer", public_id=public_id),
    )


@bp.post("/unrelated/<public_id>/lift")
@staff_only(Role.REVIEWER)
def lift(public_id: str) -> Response:
    """Links with these names are judged by their looks again."""
    form = LiftForm.sent()
    if not form.validate():
        return _show(public_id, form)
    with desk.acting() as staff:
        at = clock.now()
        kept = protecting.lift(public_id, reason=form.reason.data, staff_id=staff.public_id, at=at)
        _record(kept, Outcome.FAILED, kept.lifted_for, kept.lifted_by, at)
    return desk.done(
        "The mark is lifted. Links with these names are checked again.",
        url_for("unrelated.show", public_id=public_id),
    )


def pairs_of(offer: Offer) -> list[Pair]:
    """Which names the offer's published findings hold against each other."""
    published = verdicts.current(subjects.of_offer(offer))
    findings = published.verdict.findings if published is not None else ()
    about_names = [each for each in findings if each.rule.code.startswith("name.")]
    found = [pair for finding in about_names for pair in _compared(finding)]
    return list(dict.fromkeys(found))


def _compared(finding: Finding) -> list[Pair]:
    details = finding.details
    name = parse(f"https://{str(details.get('h', '')).partition(' (')[0]}").label
    like = str(details.get("target") or details.get("brand") or "")
    return [(name, other) for other in protecting.labels_of(like) if name and other != name]


def _record(kept: Unrelated, outcome: Outcome, reason: str, staff_id: str, at: datetime) -> None:
    """The ledger's entry fixes which two names by their digest."""
    reviews.record(
        subjects.of_names(kept),
        outcome=outcome,
        staff=staff_id,
        reason=reason,
        evidence_sha256=inspections.evidence_digest({"names": [kept.name, kept.other]}),
        at=at,
    )


def _ask(offer: Offer, form: MarkForm) -> Response:
    return desk.page(
        "staff/sellers/mark_unrelated.html",
        desk="sellers",
        status=desk.REFUSED if form.problems else 200,
        offer=offer,
        form=form,
    )


def _show(public_id: str, form: LiftForm) -> Response:
    (row,) = _rows([protecting.mark(public_id)])
    return desk.page(
        "staff/sellers/mark.html",
        desk="sellers",
        status=desk.REFUSED if form.problems else 200,
        row=row,
        steps=reviews.decisions_about(subjects.of_names(row.mark)),
        form=form,
    )


def _rows(marks: Sequence[Unrelated]) -> list[MarkRow]:
    names = accounts.names()
    return [
        MarkRow(
            mark=each,
            by=names.get(each.staff_id, words.SOMEBODY),
            lifted_by=names.get(each.lifted_by, words.SOMEBODY) if each.lifted_at else "",
        )
        for each in marks
    ]


def _options(offer: Offer) -> dict[str, Sequence[tuple[str, str]]]:
    pairs = pairs_of(offer)
    return {"pair": [(f"{name} {other}", f"{name} and {other}") for name, other in pairs]}
