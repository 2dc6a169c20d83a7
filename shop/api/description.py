"""What do our interfaces for programs take? The OpenAPI document, and a page that shows it."""

import json

from flask import Blueprint, Flask, Response, current_app, render_template
from flask_smorest import Api

from shop.api import sellers
from shop.api.schemas import EXAMPLE, problem_response, schemas
from shop.web.access import public
from shop.web.context import current_shop

bp = Blueprint("api_description", __name__, url_prefix="/api/v1")
_KEY = "assay.openapi"


class _Api(Api):  # type: ignore[misc]  # flask-smorest ships no types
    """Describes; faults stay with web.errors, and pages with our own templates."""

    DEFAULT_ERROR_RESPONSE_NAME = "Problem"

    def _register_error_handlers(self) -> None:
        pass

    def _register_responses(self) -> None:
        self.spec.components.response("Problem", problem_response("Whatever else went wrong."))

    def _register_pagination_header(self) -> None:
        pass

    def _register_etag_headers(self) -> None:
        pass


def install(app: Flask, public_url: str) -> None:
    """Register what is described, and put the description together once."""
    api = _Api(
        spec_kwargs={
            "title": "Assay",
            "version": "1",
            "openapi_version": "3.1.0",
            "info": {
                "description": "Judges links to shops. Each answer is made from what the request "
                "holds: nothing is fetched, stored or remembered.",
                "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            },
            "servers": [{"url": public_url}],
        }
    )
    api.init_app(app)
    for name, schema in schemas().items():
        api.spec.components.schema(name, schema)
    api.register_blueprint(sellers.bp)
    app.extensions[_KEY] = api.spec.to_dict()


@bp.get("/openapi.json")
@public
def openapi() -> Response:
    """The OpenAPI 3.1 document."""
    text = json.dumps(current_app.extensions[_KEY], indent=1)
    return Response(text + "\n", content_type="application/json")


@bp.get("/docs")
@public
def show() -> str:
    """The same for people."""
    document = current_app.extensions[_KEY]
    return render_template(
        "api/docs.html",
        schemas=document["components"]["schemas"],
        example=json.dumps(EXAMPLE, indent=2),
        url=f"{current_shop().config.public_url}/api/v1/sellers/check",
    )
