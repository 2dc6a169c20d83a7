"""What no view has to think of: headers, cross-site writes, CSRF tokens, NULs, and haste."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import BadRequest, Forbidden, UnsupportedMediaType
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from shop.web.access import Programs, Public, Signed, audience_of
from shop.web.context import current_shop

# Scripts and styles come from files of ours alone; `style=""` and inline scripts never run.
# Without Stripe's address in form-action, browsers block the pay form's redirect.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self' https://checkout.stripe.com; "
    "base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types assay"
)
# For files that people sent us: nothing in them runs, wherever they are opened.
SANDBOXED = "default-src 'none'; sandbox"
# For drawn pictures (SVG): their own styles, and nothing that runs.
PICTURE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # A shop that is left through a link does not learn which page it was on.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=()",
}
_STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_PUBLIC_FORM_BYTES = 256 * 1024
_NUL = "\0"

# Per address. The sign-in keeps its own count, in the database (accounts.throttle).
CHECKOUT_LIMIT = "30 per minute"
CHECK_LIMIT = "60 per minute"
LOOK_LIMIT = "20 per minute"  # asking for a new look at a link stands in the site's line
LIST_LIMIT = "20 per minute; 200 per hour"  # a list is read with care, or by a worker
PROGRAMS_LIMIT = "120 per minute"
DISPUTE_LIMIT = "5 per minute; 30 per hour"  # each sends a letter to an address that was typed

csrf = CSRFProtect()
limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=False)


class NotText(BadRequest):
    """What was sent holds a NUL: no keyboard makes one, and PostgreSQL keeps none."""


class NotJson(BadRequest):
    """What a program sent is no JSON."""


class NotLabelledJson(UnsupportedMediaType):
    """What a program sent is not said to be JSON."""


def install(app: Flask, trusted_proxies: int) -> None:
    """Set the guards up. Call after web.access.install: it asks first who is there."""
    if trusted_proxies:
        # Only the address: host and scheme are known from the configuration.
        proxied = ProxyFix(app.wsgi_app, x_for=trusted_proxies, x_proto=0, x_host=0)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # as Flask's manual does it
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # _guard asks, knowing the audience
    csrf.init_app(app)
    limiter.init_app(app)
    app.before_request(_guard)
    app.after_request(_set_headers)


def is_same_origin() -> bool:
    """Whether a browser says that this request comes from a page of ours, or says nothing.

    Where a browser sends neither header, the CSRF token stands alone.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    return origin in {_origin(request.host_url), current_shop().config.public_url}


def _guard() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    audience = audience_of(view) if view is not None else None
    if isinstance(audience, Public | Programs):
        request.max_content_length = _PUBLIC_FORM_BYTES
    if any(_NUL in text for text in _address()):
        raise NotText
    if request.method in _SAFE_METHODS or view is None or isinstance(audience, Signed):
        return
    if not is_same_origin():
        raise Forbidden
    if isinstance(audience, Programs):
        if request.mimetype != "application/json":
            raise NotLabelledJson
        return
    csrf.protect()
    if any(_NUL in text for pair in request.form.items(multi=True) for text in pair):
        raise NotText


def _address() -> Iterator[str]:
    yield request.path
    for name, value in request.args.items(multi=True):
        yield name
        yield value


def _set_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if current_shop().config.public_url.startswith("https:"):
        response.headers.setdefault("Strict-Transport-Security", _STRICT_TRANSPORT)
    return response


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
