"""Disputes: what somebody says is wrong, beside the finding and its evidence, and our answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.assay.vocabulary import Finding, Subject, SubjectKind
from shop.plumbing import clock
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.sellers import service as sellers
from shop.sellers.models import Offer
from shop.staff import deciding, desk, subjects, words
from shop.staff.deciding import FoundRow
from shop.staff.forms import AreaField, Form, Needs, at_most
from shop.staff.subjects import Described
from shop.verdicts import disputes, reviews, serialising
from shop.verdicts import service as verdicts
from shop.verdicts.models import Dispute
from shop.verdicts.service import PublishedVerdict
from shop.web import access
from shop.web.access import staff_only

bp = Blueprint("staff_disputes", __name__, url_prefix="/staff/disputes")
_FIELDS = {"verdicts.dispute_answer": "text", "verdicts.dispute_answered": "text"}


class AnswerForm(Form):
    text = AreaField(
        "Your answer",
        [Needs("Write an answer."), at_most(disputes.LONGEST_ANSWER)],
    )


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A dispute in a list."""

    dispute: Dispute
    what: Described
    waiting: str
    who: str  # answered it; empty while nobody has


@dataclass(frozen=True, slots=True)
class Read:
    """What the person who disputes it had read: the verdict then, and the finding they mean."""

    published: PublishedVerdict
    finding: FoundRow | None
    is_current: bool


@bp.get("")
@staff_only()
def index() -> Response:
    """Those that wait, by harm and age; then the last that were answered."""
    now = clock.now()
    waiting, answered = disputes.waiting(), disputes.answered()
    return desk.page(
        "staff/disputes/index.html",
        desk="queue",
        tab="disputes",
        rows=_rows(waiting, now),
        answered=_rows(answered, now),
        total=reviews.count_open(),
        second=len(reviews.awaiting_second()),
        disputed=disputes.count_open(),
    )


@bp.get("/<public_id>")
@staff_only()
def show(public_id: str) -> Response:
    return _page(disputes.dispute(public_id), AnswerForm.blank())


@bp.post("/<public_id>/answer")
@staff_only(Role.REVIEWER)
def answer(public_id: str) -> Response:
    """Send the answer by mail. It is published nowhere."""
    form = AnswerForm.sent()
    row = disputes.dispute(public_id)
    if not form.validate():
        return _page(row, form)
    try:
        with desk.acting() as staff:
            disputes.answer(public_id, form.text.data, staff=staff.public_id, at=clock.now())
    except (Refused, Conflict) as problem:
        form.blame(problem, _FIELDS)
        return _page(disputes.dispute(public_id), form)
    return desk.done(
        "Answered. The letter is on its way.", url_for("staff_disputes.show", public_id=public_id)
    )


def _rows(found: Sequence[Dispute], now: datetime) -> list[DisputeRow]:
    about = [serialising.subject_of(row) for row in found]
    what = subjects.described(about)
    names = accounts.names()
    return [
        DisputeRow(
            dispute=row,
            what=what[subject],
            waiting=words.age(row.opened_at, now),
            who=names.get(row.answered_by or "", words.SOMEBODY) if row.answered_by else "",
        )
        for row, subject in zip(found, about, strict=True)
    ]


def _page(dispute: Dispute, form: AnswerForm) -> Response:
    subject = serialising.subject_of(dispute)
    published = verdicts.current(subject)
    names = accounts.names()
    told = words.OFFER_DECISIONS
    review = deciding.view(subject, published, access.required_staff(), names, told)
    (row,) = _rows([dispute], clock.now())
    return desk.page(
        "staff/disputes/show.html",
        desk="queue",
        status=desk.REFUSED if form.problems else 200,
        row=row,
        dispute=dispute,
        offer=_offer(subject),
        read=_read(dispute, published),
        published=published,
        state=words.offer(published),
        review=review,
        reply=form,
        form=deciding.blank(told, review.evidence),
        others=[each for each in disputes.all_for(subject) if each.id != dispute.id],
        may_answer=dispute.answered_at is None and access.required_staff().may(Role.REVIEWER),
    )


def _offer(subject: Subject) -> Offer | None:
    """The link that it is about, when it is about one that is still there."""
    if subject.kind is not SubjectKind.OFFER:
        return None
    try:
        return sellers.offer(subject.public_id)
    except NotFound:
        return None


def _read(dispute: Dispute, current: PublishedVerdict | None) -> Read | None:
    if not dispute.verdict_id:
        return None
    published = verdicts.by_public_id(dispute.verdict_id)
    meant = _meant(published.verdict.findings, dispute.code)
    return Read(
        published=published,
        finding=deciding.found_row(meant) if meant is not None else None,
        is_current=current is not None and current.public_id == published.public_id,
    )


def _meant(findings: Sequence[Finding], code: str) -> Finding | None:
    return next((finding for finding in findings if finding.rule.code == code), None)
