"""Where do the stylesheets, fonts and pictures of ours lie?

All of them share one folder name made from their contents: `/static/3f9a…/css/base.css`. Links
between them stay relative, browsers keep them for good, and a changed byte changes the name.
"""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

FOLDER = Path(__file__).resolve().parents[1] / "static"
_COMPRESSED = {".gz", ".br"}  # made beside their originals by `python -m whitenoise.compress`
_MAX_AGE = 365 * 24 * 60 * 60


def install(app: Flask) -> None:
    """Serve the folder in front of Flask, with the compressed copies where there are any."""
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # Flask's own way to wrap itself
        app.wsgi_app,
        root=str(FOLDER),
        prefix=f"static/{version()}/",
        max_age=_MAX_AGE,
        immutable_file_test=lambda _path, _url: True,
        allow_all_origins=False,
        mimetypes={".woff2": "font/woff2"},
    )
    app.jinja_env.globals["asset"] = asset


def asset(path: str) -> str:
    """The address of a file in `shop/static`."""
    return f"/static/{version()}/{path}"


@cache
def version() -> str:
    """Twelve characters that stand for the contents of the whole folder."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file() and path.suffix not in _COMPRESSED:
            digest.update(path.relative_to(FOLDER).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]
