import json

import pytest


@pytest.mark.parametrize(
    ("offered", "is_taken"),
    [
        ("0123abcd-ef", True),
        ("short", False),
        ("x" * 65, False),
        ('"><script>alert(1)</script>', False),
        ("line\tbreak-000", False),
    ],
)
def test_request_id_is_taken_over_when_it_is_sane(client, offered, is_taken):
    given = client.get("/healthz", headers={"X-Request-ID": offered}).headers["X-Request-ID"]

    assert (given == offered) is is_taken


def test_log_line_names_the_rule_and_not_the_path(doors, capsys):
    client = doors.test_client()
    client.get("/t/fail/missing?email=somebody@example.com", headers={"User-Agent": "Browser"})

    line = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert line["rule"] == "/t/fail/<family>"
    assert line["status"] == 404
    assert line["request_id"].startswith("req-")
    assert "somebody" not in str(line)
    assert "Browser" not in str(line)


def test_fault_is_logged_with_its_traceback(doors, capsys):
    doors.test_client().get("/t/crash")

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    fault = next(line for line in lines if line["event"] == "fault")
    assert "ZeroDivisionError" in fault["exception"]
    assert fault["request_id"] == lines[-1]["request_id"]
