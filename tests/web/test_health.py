import pytest

from shop.plumbing import schema
from shop.plumbing.schema import SchemaState


def test_process_is_alive_whatever_it_stands_on(client):
    assert client.get("/healthz").json == {"process": "ok"}


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (SchemaState.CURRENT, 200),
        (SchemaState.BEHIND, 503),
        (SchemaState.NEWER, 503),
        (SchemaState.EMPTY, 503),
    ],
)
def test_ready_only_with_the_schema_of_this_version(client, monkeypatch, state, status):
    monkeypatch.setattr(schema, "state", lambda: state)

    answer = client.get("/readyz")

    assert answer.status_code == status
    assert answer.json["database"] == ("ok" if status == 200 else "failing")
    assert answer.headers["Cache-Control"] == "no-store"


def test_not_ready_without_a_place_for_files(client, monkeypatch, tmp_path):
    monkeypatch.setattr(schema, "state", lambda: SchemaState.CURRENT)
    (tmp_path / "blobs").write_text("a file where the folder should be")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json == {"blobs": "failing", "database": "ok", "queue": "ok"}
