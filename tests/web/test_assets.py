import re

from shop.web import assets


def test_static_files_are_kept_for_good(client):
    answer = client.get(assets.asset("css/base.css"))

    assert answer.status_code == 200
    assert answer.content_type.startswith("text/css")
    assert "immutable" in answer.headers["Cache-Control"]
    answer.close()


def test_static_file_under_another_version_is_not_served(client):
    assert client.get("/static/000000000000/css/base.css").status_code == 404


def test_stylesheets_name_only_files_that_are_there():
    for sheet in (assets.FOLDER / "css").glob("*.css"):
        for target in re.findall(r'url\("([^"]+)"\)', sheet.read_text()):
            assert (sheet.parent / target).is_file(), f"{sheet.name}: {target}"
