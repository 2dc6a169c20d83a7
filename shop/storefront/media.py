"""A product's picture, named by its digest. Nothing else in the blob store can be had here."""

from flask import Blueprint, send_file
from werkzeug.wrappers import Response

from shop.catalog import service as catalog
from shop.plumbing.errors import NotFound
from shop.web.access import public
from shop.web.caching import for_good
from shop.web.context import current_shop
from shop.web.rendering import MEDIA_TYPES
from shop.web.security import PICTURE

bp = Blueprint("media", __name__, url_prefix="/media")

_NONE = "media.none"


@bp.get("/<name>.<ending>")
@public
def show(name: str, ending: str) -> Response:
    """The picture, for good: other bytes have another name."""
    picture = catalog.media_by_blob(name)
    if picture is None or MEDIA_TYPES.get(picture.content_type) != ending:
        raise NotFound(_NONE)
    path = current_shop().blobs.path(picture.blob)
    if not path.is_file():
        raise NotFound(_NONE)
    response = for_good(send_file(path, mimetype=picture.content_type, etag=picture.blob))
    response.headers["Content-Security-Policy"] = PICTURE
    return response
