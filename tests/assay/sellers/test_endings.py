"""Our walk over the Public Suffix List against the library's own answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publicsuffixlist import PublicSuffixList

from shop.assay.sellers.endings import Place, is_suffix, place_of, usual_site
from shop.assay.sellers.hostnames import is_internal_name

EVERY = PublicSuffixList(accept_unknown=False)
ICANN = PublicSuffixList(accept_unknown=False, only_icann=True)
RULES = sorted(rule.removeprefix("!").removeprefix("*.") for rule in EVERY._publicsuffix)  # noqa: SLF001


def by_library(name):
    """(registrable, suffix, site, is_suffix, is_listed) asked of the library."""
    suffix = EVERY.publicsuffix(name)
    site = ICANN.privatesuffix(name) or ""
    if suffix == name and site:
        return site, ICANN.publicsuffix(name), site, True, True
    registrable = EVERY.privatesuffix(name, accept_unknown=True) or ""
    is_listed = suffix is not None
    suffix = suffix or name.rpartition(".")[2]
    return registrable, suffix, site, suffix == name and is_listed, is_listed


@pytest.mark.parametrize("before", ["", "a.", "b.a.", "www.b.a."])
def test_every_rule_is_read_as_the_library_reads_it(before):
    for rule in RULES:
        name = before + rule
        place = place_of(name)
        registrable, suffix, site, is_everybodys, is_listed = by_library(name)
        assert (place.registrable, place.suffix) == (registrable, suffix), name
        assert (place.is_suffix, place.is_listed) == (is_everybodys, is_listed), name
        assert is_suffix(name) == is_everybodys, name
        assert place.site in {site, registrable}, name
        assert bool(place.platform) <= (bool(site) and site != registrable), name
        assert_usual_is_told_right(name)


@given(
    st.lists(st.text("abcxyz-09", min_size=1, max_size=4), min_size=0, max_size=4),
    st.sampled_from(RULES) | st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=5),
)
def test_any_name_is_read_as_the_library_reads_it(labels, ending):
    name = ".".join([*labels, ending])
    place = place_of(name)
    assert (place.registrable, place.suffix, place.is_suffix, place.is_listed) == (
        by_library(name)[:2] + by_library(name)[3:]
    )
    assert is_suffix(name) == place.is_suffix
    assert_usual_is_told_right(name)


def assert_usual_is_told_right(name):
    """Of a host under a usual ending nothing but its registrable name is to be told."""
    site = usual_site(name)
    if site:
        assert by_library(name) == (site, site.partition(".")[2], site, False, True)
        assert not is_internal_name(name)


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("shop.com", "shop.com"),
        ("www.shop.co.uk", "shop.co.uk"),
        ("com", ""),
        ("shop.example", ""),
        ("tenant.myshopify.com", ""),
        ("shop.ck", ""),
        ("www.ck", ""),
        ("shop.home.arpa", ""),
    ],
)
def test_site_under_a_usual_ending_is_found(host, site):
    assert usual_site(host) == site


@pytest.mark.parametrize("name", ["", ".com", "a..com", "com."])
def test_name_with_an_empty_label_stands_nowhere(name):
    assert place_of(name) == Place()
