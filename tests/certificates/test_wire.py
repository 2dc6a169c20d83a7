"""The answer of a process that held a stranger's file is checked like a stranger's."""

import json

import pytest

from shop.assay.certificates.facts import Code, FileFacts, Problem
from shop.certificates.reader.limits import DEFAULT
from shop.certificates.reader.parent import picture
from shop.certificates.reader.wire import Malformed, Preview, decode, encode
from tests.certificates.factories import make_reading

READING = make_reading(
    codes=(Code("QRCode", "https://northmere.example", 1, (1, 2, 3, 4)),),
    previews=(Preview(1, 1240, 1754, "text"),),
)


def decoded(line):
    return decode(line, sha256="a" * 64, size=7, picture=lambda _: b"RIFF")


def changed(change):
    answer = json.loads(encode(READING))
    change(answer)
    return json.dumps(answer).encode()


def test_answer_comes_back_whole():
    found = decoded(encode(READING))
    assert found.fields == READING.fields
    assert found.results == READING.results
    assert found.codes == READING.codes
    assert found.previews == (Preview(1, 1240, 1754, "text", b"RIFF"),)


def test_digest_and_size_are_the_parents():
    lying = changed(lambda answer: answer["file"].update(sha256="f" * 64, size=1))
    assert (decoded(lying).file.sha256, decoded(lying).file.size) == ("a" * 64, 7)


@pytest.mark.parametrize(
    "change",
    [
        lambda answer: answer.pop("file"),
        lambda answer: answer.update(title=7),
        lambda answer: answer.update(title="x" * 201),
        lambda answer: answer.update(kind="invoice"),
        lambda answer: answer["fields"][0].update(name="iban"),
        lambda answer: answer["fields"][0].update(confidence=101),
        lambda answer: answer["fields"][0].update(confidence=True),
        lambda answer: answer["fields"][0].update(box=[1, 2, 3]),
        lambda answer: answer["fields"][0].update(box=[-1, 2, 3, 4]),
        lambda answer: answer["fields"][0].update(source="oracle"),
        lambda answer: answer.update(results=answer["results"] * 3_000),
        lambda answer: answer.update(codes={"0": "x"}),
        lambda answer: answer["codes"][0].update(payload="x" * 2_001),
        lambda answer: answer["file"].update(page_count="1"),
        lambda answer: answer["file"].update(problems=[{"code": "x"}]),
        lambda answer: answer["file"].update(
            problems=[{"code": "certificate.no_rule", "variant": "default", "details": None}]
        ),
        lambda answer: answer["file"].update(
            problems=[{"code": "certificate.limit_pages", "variant": "default", "details": None}]
        ),
        lambda answer: answer["file"].update(
            problems=[{"code": "certificate.limit_crashed", "variant": "none", "details": None}]
        ),
        lambda answer: answer["previews"][0].update(width=10**6),
        lambda answer: answer.update(previews=answer["previews"] * 2),
    ],
)
def test_answer_that_does_not_fit_is_malformed(change):
    with pytest.raises(Malformed):
        decoded(changed(change))


@pytest.mark.parametrize(
    "line", [b"", b"null", b"[]", b"7", b"{", b"\xff\xfe", b"[" * 100_000, b"9" * 5_000]
)
def test_nonsense_is_malformed(line):
    with pytest.raises(Malformed):
        decoded(line)


def test_what_no_database_keeps_is_taken_out():
    found = decoded(changed(lambda answer: answer.update(title="a\x00b\ud800c")))
    assert found.title == "ab?c"


def test_problem_keeps_its_values():
    problem = Problem("certificate.limit_pages", "default", {"count": "51", "limit": "50"})
    file = FileFacts(sha256="", size=0, problems=(problem,))
    answer = make_reading()
    line = encode(type(answer)(file=file))
    assert decoded(line).file.problems == (problem,)


def test_preview_must_be_a_plain_picture_of_sensible_size(tmp_path):
    good = b"RIFF\x00\x00\x00\x00WEBPdata"
    (tmp_path / "good").write_bytes(good)
    (tmp_path / "html").write_bytes(b"<html>")
    (tmp_path / "large").write_bytes(good + bytes(DEFAULT.preview_bytes))
    (tmp_path / "link").symlink_to(tmp_path / "good")

    assert picture(tmp_path / "good", DEFAULT) == good
    for name in ("html", "large", "link", "missing"):
        with pytest.raises(ValueError, match=name):
            picture(tmp_path / name, DEFAULT)
