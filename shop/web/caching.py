"""May a browser keep this answer?"""

from flask import Flask, request
from werkzeug.wrappers import Response

_YEAR = 365 * 24 * 60 * 60


def for_good(response: Response) -> Response:
    """What is named by its digest never changes."""
    response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response


def never(response: Response) -> Response:
    """Orders, payments and the desk: not even the browser's back button keeps them."""
    response.headers["Cache-Control"] = "no-store"
    return response


def install(app: Flask) -> None:
    """Whatever a view did not settle is asked for again each time."""
    app.after_request(_settle)


def _settle(response: Response) -> Response:
    if "Cache-Control" in response.headers:
        return response
    if request.path.startswith(("/staff", "/cart", "/checkout", "/pay/", "/orders/")):
        return never(response)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
