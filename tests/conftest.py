"""What tests stand on: an application over a fresh database, SQLite and PostgreSQL alike."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import create_engine, text

import config
from shop.factory import create_app
from shop.plumbing.db import db

# Fixtures dns_server, web_server and outbound: the internet as far as tests know it.
pytest_plugins = ("tests.doubles.dns_double", "tests.doubles.web_double")

DATABASES = ("sqlite", "postgresql")


def make_config(folder: Path, database_url: str = "", **settings: str) -> config.Config:
    """A configuration as the environment would give it; names without their prefix."""
    environ = {"DATA_DIR": str(folder), "PUBLIC_URL": "http://localhost", **settings}
    if database_url:
        environ["DATABASE_URL"] = database_url
    return config.from_environment({f"ASSAY_{name}": value for name, value in environ.items()})


def make_tables(database_url: str, folder: Path) -> None:
    """Every table in an empty database, as the migrations make them."""
    app = create_app(make_config(folder, database_url))
    with app.app_context():
        upgrade()
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    path = folder / "template.db"
    make_tables(f"sqlite:///{path}", folder)
    connection = create_engine(f"sqlite:///{path}")
    with connection.begin() as opened:
        opened.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    connection.dispose()
    return path


@pytest.fixture(scope="session")
def postgresql_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    name = f"template_{uuid.uuid4().hex[:12]}"
    _on_server(f"CREATE DATABASE {name}")
    make_tables(_database_url(name), tmp_path_factory.mktemp("template"))
    yield name
    _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database with every table, for one test."""
    if request.param == "sqlite":
        path = tmp_path / "assay.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    template = request.getfixturevalue("postgresql_template")
    name = f"test_{uuid.uuid4().hex[:12]}"
    _on_server(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _database_url(name)
    _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The shop on a fresh database, inside its application context."""
    app = create_app(make_config(tmp_path, database_url))
    app.testing = True
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def _database_url(name: str) -> str:
    return _server_url().replace("/postgres?", f"/{name}?")


def _server_url() -> str:
    url = os.environ.get("TEST_POSTGRESQL_URL", "")
    if not url:
        pytest.fail(
            "no PostgreSQL to test on: run `make test`, or scripts/with-postgres .venv/bin/pytest"
        )
    return url


def _on_server(statement: str) -> None:
    engine = create_engine(
        _server_url().replace("postgresql://", "postgresql+psycopg://"),
        isolation_level="AUTOCOMMIT",
    )
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
