import pytest


@pytest.fixture
def client(doors):
    return doors.test_client()


@pytest.mark.parametrize(
    ("family", "status"), [("missing", 404), ("conflict", 409), ("refused", 422), ("away", 503)]
)
def test_each_family_has_its_status_and_says_what_to_do(client, family, status):
    page = client.get(f"/t/fail/{family}")
    told = client.get(f"/t/fail/{family}", headers={"Accept": "application/json"})
    line = client.get(f"/t/fail/{family}", headers={"Accept": "text/plain"})

    assert page.status_code == told.status_code == line.status_code == status
    assert "Do it like this instead." in page.text
    assert page.headers["X-Request-ID"] in page.text
    assert told.content_type == "application/problem+json"
    assert told.json["code"] == "test.code"
    assert told.json["detail"] == line.text == "Do it like this instead."


def test_unavailable_says_when_to_come_back(client):
    assert client.get("/t/fail/away").headers["Retry-After"] == "30"


@pytest.mark.parametrize(
    ("path", "method", "status", "words"),
    [
        ("/no/such/page", "GET", 404, "We have no page at this address."),
        ("/t/hook", "GET", 405, "This address does not take that."),
        ("/t/crash", "GET", 500, "Nothing was charged"),
    ],
)
def test_http_errors_are_pages_of_the_shop(client, path, method, status, words):
    answer = client.open(path, method=method)

    assert answer.status_code == status
    assert words in answer.text
    assert answer.headers["X-Request-ID"] in answer.text
    assert "Traceback" not in answer.text


def test_json_addresses_answer_in_json(client):
    answer = client.get("/lots/unknown/file.json")

    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert answer.json["request_id"] == answer.headers["X-Request-ID"]


def test_405_names_what_is_allowed(client):
    assert "POST" in client.get("/t/hook").headers["Allow"]
