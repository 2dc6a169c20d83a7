import pytest

from shop.certificates import laboratories

NORTHMERE = {
    "name": "Northmere Analytical",
    "aliases": "Northmere\nNM Labs",
    "domains": "northmere.example, nm-labs.example",
    "verify_hosts": "lims.example",
}
SEEN = {
    "body": "UKAS",
    "number": "4417",
    "scope": "ISO 21149\nISO 21392",
    "valid_from": "2025-01-01",
    "valid_to": "2027-12-31",
    "evidence": "https://ukas.example/4417",
}


def test_laboratory_is_added_with_its_names_and_addresses(editor):
    answer = editor.post("/staff/laboratories", NORTHMERE)

    assert "Northmere Analytical is on record." in editor.get(answer.location).text
    (found,) = laboratories.laboratories()
    assert found.aliases == ["Northmere", "NM Labs"]
    assert found.domains == ["northmere.example", "nm-labs.example"]
    assert found.verify_hosts == ["lims.example"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"name": ""}, "Enter the laboratory’s name."),
        ({"name": "!!!"}, "Enter the laboratory's name."),
        ({}, "is on record already"),  # the same form sent twice
    ],
)
def test_laboratory_that_will_not_do_is_said_beside_its_field(editor, changed, message):
    editor.post("/staff/laboratories", NORTHMERE)
    answer = editor.post("/staff/laboratories", {**NORTHMERE, **changed})

    assert answer.status_code == 422
    assert message.replace("'", "&#39;") in answer.text
    assert "nm-labs.example" in answer.text
    assert len(laboratories.laboratories()) == 1


def test_reviewer_records_what_they_saw_of_an_accreditation(editor, reviewer):
    there = editor.post("/staff/laboratories", NORTHMERE).location

    assert reviewer.post(f"{there}/accreditations", SEEN).status_code == 303
    page = reviewer.get(there)
    assert "UKAS 4417" in page.text
    assert "by Reviewer Sato" in page.text
    late = reviewer.post(f"{there}/accreditations", {**SEEN, "valid_to": "2024-12-31"})
    assert late.status_code == 422
    assert "It cannot end before it began." in late.text
    assert (
        "Enter the page of the body"
        in reviewer.post(f"{there}/accreditations", {**SEEN, "evidence": ""}).text
    )
