"""Who controls an address? Staff give out a token, and watch whether its owner publishes it."""

from flask import Blueprint, request, session, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField

from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.assay.sellers import challenges
from shop.assay.sellers.challenge_states import ChallengeState
from shop.assay.sellers.facts import ProofMethod
from shop.plumbing import clock
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.sellers import proof_standing, proving
from shop.sellers.models import Domain
from shop.sellers.seen import Challenge
from shop.staff import desk, proof_words
from shop.staff.forms import Form, Needs
from shop.web.access import staff_only

bp = Blueprint("proofs", __name__, url_prefix="/staff")
_TOKEN = "proof_token"  # noqa: S105 - a key of the session: [challenge, token], shown once
_FIELDS = {"sellers.proof_method": "method", "sellers.proof_impossible": "method"}


class StartForm(Form):
    method = RadioField(
        "How it is shown", [Needs("Choose how control is to be shown.")], validate_choice=False
    )


@bp.get("/domains/<public_id>")
@staff_only()
def domain(public_id: str) -> Response:
    found = proving.domain(public_id)
    return _domain(found, StartForm.blank({"method": _methods(found)}))


@bp.post("/domains/<public_id>/proofs")
@staff_only(Role.EDITOR)
def start(public_id: str) -> Response:
    """Give out a token. It is shown once, on the next page."""
    found = proving.domain(public_id)
    form = StartForm.sent(method=_methods(found))
    known = {value for value, _ in form.method.choices}
    if form.validate() and form.method.data not in known:
        form.add_error("method", "Choose how control is to be shown.")
    if form.problems:
        return _domain(found, form)
    try:
        with desk.acting() as user:
            started = proving.start(
                proving.domain(public_id),
                ProofMethod(form.method.data),
                staff_id=user.public_id,
                at=clock.now(),
            )
            challenge_id, token = started.challenge.public_id, started.token
    except Refused as problem:
        form.blame(problem, _FIELDS)
        return _domain(proving.domain(public_id), form)
    session[_TOKEN] = [challenge_id, token]
    return desk.done("The token is ready.", url_for("proofs.show", public_id=challenge_id))


@bp.get("/proofs/<public_id>")
@staff_only()
def show(public_id: str) -> Response:
    """Where a proof stands. To whoever started it, the token, the first time."""
    return _show(proving.challenge(public_id))


@bp.post("/proofs/<public_id>/file")
@staff_only(Role.EDITOR)
def file(public_id: str) -> Response:
    """The token as the file to publish. Nothing is kept: the page that shows the token sends it."""
    challenge = proving.challenge(public_id)
    token = request.form.get("token", "")
    is_file = challenge.method == ProofMethod.FILE
    if not is_file or not proving.is_token_of(challenge, challenge.domain, token):
        code = "sellers.challenge_unknown"
        raise NotFound(code, "There is no such token.")
    asked = proving.instructions(challenge, challenge.domain, token)
    name = challenges.FILE.rpartition("/")[2]
    response = Response(f"{asked.text}\n", mimetype="text/plain")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.post("/proofs/<public_id>/look")
@staff_only(Role.EDITOR)
def look(public_id: str) -> Response:
    """Ring for a look. A worker goes and looks; this process fetches nothing."""
    try:
        with desk.acting():
            proving.look_now(proving.challenge(public_id), at=clock.now())
    except (Conflict, Refused) as problem:
        return _show(proving.challenge(public_id), problem.message)
    said = "A look is on its way. Refresh this page in a moment."
    return desk.done(said, url_for("proofs.show", public_id=public_id))


@bp.post("/proofs/<public_id>/withdraw")
@staff_only(Role.EDITOR)
def withdraw(public_id: str) -> Response:
    """What it proved counts no longer, and offers are checked again."""
    try:
        with desk.acting():
            proving.withdraw(proving.challenge(public_id), at=clock.now())
    except Refused as problem:
        return _show(proving.challenge(public_id), problem.message)
    return desk.done("The proof is withdrawn.", url_for("proofs.show", public_id=public_id))


def _show(challenge: Challenge, problem: str = "") -> Response:
    token = _shown_once(challenge)
    address = challenge.domain
    return desk.page(
        "staff/sellers/proof.html",
        desk=_room(address),
        status=desk.REFUSED if problem else 200,
        problem=problem,
        challenge=challenge,
        domain=address,
        owner=_owner(address),
        shown=proof_words.shown(address),
        method=proof_words.METHODS[ProofMethod(challenge.method)],
        token=token,
        asked=proving.instructions(challenge, address, token) if token else None,
        place=proof_words.where(challenge, address.host),
        state=proof_words.state(challenge),
        looks=proof_words.looks(challenge),
        is_open=ChallengeState(challenge.state).is_open,
        is_looking=_is_looking(challenge),
        by=accounts.names().get(challenge.staff_id, ""),
    )


def _domain(found: Domain, form: StartForm) -> Response:
    started = proving.challenges_of([found.id]).get(found.id, ())
    return desk.page(
        "staff/sellers/proof_domain.html",
        desk=_room(found),
        status=desk.REFUSED if form.problems else 200,
        form=form,
        hints={method.value: told.detail for method, told in proof_words.METHODS.items()},
        domain=found,
        owner=_owner(found),
        shown=proof_words.shown(found),
        standing=proof_words.standing(found),
        proofs=[(each, proof_words.proof(each)) for each in proof_standing.current(found)],
        started=[(each, proof_words.state(each)) for each in started],
        methods=proof_words.METHODS,
        names=accounts.names(),
    )


def _room(found: Domain) -> str:
    return "brands" if found.brand_id is not None else "sellers"


def _methods(found: Domain) -> list[tuple[str, str]]:
    possible = challenges.methods_for(found.host)
    return [(method.value, proof_words.METHODS[method].title) for method in possible]


def _shown_once(challenge: Challenge) -> str:
    public_id, token = session.get(_TOKEN) or ("", "")
    if public_id != challenge.public_id:
        return ""
    del session[_TOKEN]
    return str(token)


def _is_looking(challenge: Challenge) -> bool:
    due = challenge.next_look_at
    return due is not None and due <= clock.now()


def _owner(found: Domain) -> tuple[str, str]:
    """(name, its page at the desk or an empty text)."""
    if found.retailer is not None:
        return found.retailer.name, url_for("retailers.show", public_id=found.retailer.public_id)
    if found.brand is not None:
        return found.brand.name, url_for("brands.show", slug=found.brand.slug)
    return "", ""
