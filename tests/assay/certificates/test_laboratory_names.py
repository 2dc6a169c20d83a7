import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.certificates.laboratory_names import Closeness, closeness, similar

KNOWN = (
    "Northmere Analytical",
    "Eurofins Food Testing",
    "Calder Bench Laboratories",
    "Intertek",
    "SGS Institut Fresenius GmbH",
    "Medilab",
    "ALS Laboratories",
)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Northmare Analytical", "Northmere Analytical"),
        ("Northmere Analytlcal", "Northmere Analytical"),
        ("N0rthmere Analytical", "Northmere Analytical"),
        ("Northrnere Analytical Ltd", "Northmere Analytical"),
        ("Northmeree Analytical Services", "Northmere Analytical"),
        ("N\u043erthmere \u0410nalytical", "Northmere Analytical"),
        ("Eurofinns Food Testing", "Eurofins Food Testing"),
        ("\u0415urofins Food Testing", "Eurofins Food Testing"),
        ("Euorfins Consumer Testing", "Eurofins Food Testing"),
        ("Colder Bench Laboratories", "Calder Bench Laboratories"),
        ("lntertek", "Intertek"),
        ("Medlab", "Medilab"),
        # honest: the same, a branch, another one
        ("Northmere Analytical", ""),
        ("NORTHMERE ANALYTICAL LLC", ""),
        ("North mere Analytical", ""),
        ("Northmere Analytical Services", ""),
        ("Northmere Microbiology", ""),
        ("Eurofins Consumer Product Testing GmbH", ""),
        ("Eurofins Cosmetics & Personal Care Italy", ""),
        ("Eurofins", ""),
        ("SGS North America Inc.", ""),
        ("ABS Laboratories", ""),  # three letters say too little
        ("Southmere Analytical", ""),
        ("Analytical Laboratories", ""),
        ("Calder Ridge Laboratories", ""),
        ("Intertox", ""),
        ("", ""),
        ("---", ""),
    ],
)
def test_name_is_taken_for(printed, name):
    assert similar(printed, KNOWN) == name


def test_drawn_alike_is_nearer_than_spelt_alike():
    assert closeness("lntertek", "Intertek") is Closeness.DRAWN
    assert closeness("Interteck", "Intertek") is Closeness.SPELT
    assert closeness("Medlab", "Medilab") is Closeness.NEAR
    assert closeness("Biotek", "Biotec") is Closeness.NEAR
    assert similar("Northmerc", ["Northmera", "Northm\u0435rc"]) == "Northm\u0435rc"


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_name_is_taken_and_none_imitates_itself(printed, other):
    closeness(printed, other)
    assert closeness(printed, printed) is Closeness.NONE
