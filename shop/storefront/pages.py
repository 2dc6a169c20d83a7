"""Pages that stay the same: how we check, and how to reach a person."""

from email.utils import parseaddr

from flask import Blueprint, render_template

from shop.web.access import public
from shop.web.context import current_shop

bp = Blueprint("pages", __name__)


@bp.get("/how-we-check")
@public
def method() -> str:
    """What each mark and grade means, and how the shop earns."""
    return render_template("storefront/pages/method.html")


@bp.get("/help")
@public
def help() -> str:  # noqa: A001 - the endpoint reads pages.help
    """Whom to write to about what."""
    _, address = parseaddr(current_shop().config.mail_from)
    return render_template("storefront/pages/help.html", address=address)
