"""`flask sellers lists`: a file is taken over, or told line by line why not."""

import pytest

from shop.plumbing.db import db
from shop.sellers import listings
from shop.sellers.seen import PublicListing


@pytest.fixture
def run(app, tmp_path):
    """Import a file of these bytes under a name."""

    def import_file(data, *options, name="A list"):
        path = tmp_path / "list.txt"
        path.write_bytes(data)
        arguments = ["sellers", "lists", "import", name, str(path), *options]
        return app.test_cli_runner().invoke(args=arguments)

    return import_file


def hosts():
    return {row.host: str(row.listed_on) for row in db.session.query(PublicListing)}


def test_file_is_taken_over_and_shown(app, run):
    done = run(b"\xef\xbb\xbfbad.net\r\n0.0.0.0 worse.com\r\n", "--date", "2026-11-03")
    assert (done.exit_code, done.output) == (0, "A list: 2 hosts, 2 new, 0 no longer listed.\n")
    assert hosts() == {"bad.net": "2026-11-03", "worse.com": "2026-11-03"}
    shown = app.test_cli_runner().invoke(args=["sellers", "lists", "show"])
    assert shown.output == "A list\t2\t2026-11-03\n"


@pytest.mark.parametrize(
    ("data", "options", "said"),
    [
        (b"bad.net\nnot a host\n", (), "line 2: not; line 2: a; line 2: host"),
        (b"bad.net\nb\xff.net\n", (), "line 2"),
        (b"\x00\x01\x02", (), "line 1"),
        (b"", (), "names no host"),
        (b"bad.net", ("--date", "2999-01-01"), "later than today"),
        (b"bad.net", ("--date", "yesterday"), "--date"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(run, data, options, said):
    done = run(data, *options)
    assert done.exit_code != 0
    assert said in done.output
    assert "Traceback" not in done.output
    assert hosts() == {}
    assert listings.lists() == []
