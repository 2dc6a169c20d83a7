import pytest

from shop.cli import demo
from shop.demo import loading
from shop.web import rendering

SUMMARY = loading.Summary(products=1, added=1, certificates=0, offers=0)


@pytest.fixture
def load(app, monkeypatch):
    """Runs `demo load`; what it loads is not the question here."""
    monkeypatch.setattr("shop.cli.manners.need_tables", lambda: None)  # made without migrations
    return lambda: app.test_cli_runner().invoke(demo.demo, ["load"])


def test_load_alone_lets_pages_name_the_sample_data(load, monkeypatch):
    monkeypatch.setattr(loading, "load", lambda *_args, **_more: SUMMARY)
    assert not rendering.has_sample_data()

    assert load().exit_code == 0

    assert rendering.has_sample_data()


def test_load_that_is_broken_off_leaves_no_mark(load, monkeypatch):
    def break_off(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "load", break_off)

    assert load().exit_code == 1

    assert not rendering.has_sample_data()
