"""`flask sellers protect`: a file of names is taken over, or told by its line why not."""

import pytest

from shop.sellers import protecting


@pytest.fixture
def run(app, tmp_path):
    """Import a file of these bytes."""

    def import_file(data):
        path = tmp_path / "names.txt"
        path.write_bytes(data)
        return app.test_cli_runner().invoke(args=["sellers", "protect", str(path)])

    return import_file


def test_file_is_taken_over_and_again_without_harm(run):
    names = "\N{ZERO WIDTH NO-BREAK SPACE}olaplex.com\r\nMaren & Oak # ours\r\n\r\n".encode()

    first, again = run(names), run(names)

    assert (first.exit_code, first.output) == (0, "2 names added, 0 known already.\n")
    assert (again.exit_code, again.output) == (0, "0 names added, 2 known already.\n")
    assert len(protecting.index()) == 2


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"olaplex.com\nco.uk\n", 2), (b"sephora\n\n&&\n", 3), (b"b\xff.net\n", 1), (b"\x00\x01", 1)],
)
def test_wrong_line_is_told_and_nothing_is_kept(run, data, line):
    done = run(data)

    assert done.exit_code == 1
    assert f"Line {line} is no website address and no name" in done.output
    assert "Traceback" not in done.output
    assert len(protecting.index()) == 0
