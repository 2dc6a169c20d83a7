import pytest

from shop.assay.certificates.reading.layout import lines
from shop.assay.certificates.reading.phrases import read_specimen_phrase
from tests.assay.certificates.builders import page


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("This report is not valid.", "This report is not valid"),
        ("This certificate is void", "This certificate is void"),
        # what laboratories print below every report
        ("This report is not valid without signature and stamp.", ""),
        ("This certificate is void if it is reproduced in part.", ""),
        ("This certificate is not valid unless it bears the seal.", ""),
    ],
)
def test_report_that_takes_itself_back(text, phrase):
    read = page("Northmere Analytical", text)
    assert read_specimen_phrase([(read, lines(read))]) == phrase
