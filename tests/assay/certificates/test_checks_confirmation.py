from dataclasses import replace
from datetime import date

import pytest

from shop.assay.certificates import checks_confirmation
from shop.assay.certificates.facts import Confirmation
from tests.assay.certificates.builders import facts


@pytest.mark.parametrize(
    ("is_by_laboratory", "sentence"),
    [
        (False, "The laboratory's own page showed this report on 3 Oct 2026."),
        (True, "The laboratory confirmed this report on 3 Oct 2026."),
    ],
)
def test_confirmed_report_says_how_and_when(is_by_laboratory, sentence):
    seen = Confirmation(is_by_laboratory, "https://northmere.example", "c" * 64, date(2026, 10, 3))
    (found,) = checks_confirmation.answers(replace(facts(), confirmation=seen))
    assert found.rule.code == "certificate.confirmed"
    assert found.sentence == sentence


def test_report_that_nobody_asked_about_is_no_finding():
    assert list(checks_confirmation.answers(facts())) == []
