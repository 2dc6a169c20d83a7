"""Every setting, read from the environment once into one frozen value.

Each setting is described in docs/configuration.md; a test keeps the two alike.
"""

import contextlib
import difflib
import ipaddress
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

PREFIX = "ASSAY_"
Environment = Literal["development", "production"]
_DIGITS = 9  # of the longest number: int() of thousands of digits raises something else


class ConfigError(ValueError):
    """A setting that the shop will not start with. Its text says what to write instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What the shop was told. Field `data_dir` is set by `ASSAY_DATA_DIR`, and so on."""

    environment: Environment
    data_dir: Path
    database_url: str
    secret_keys: tuple[str, ...]  # the first signs; all are accepted
    public_url: str
    trusted_hosts: tuple[str, ...]
    trusted_proxies: int  # how many of them each put an address into X-Forwarded-For
    port: int
    ledger_origin: str
    stripe_secret_key: str
    stripe_webhook_secrets: tuple[str, ...]
    smtp_url: str
    mail_from: str
    log_level: str
    max_upload_mb: int
    reader_processes: int
    dns_servers: tuple[str, ...]  # none: those of the system
    rdap_url: str  # a name is put behind it
    outbound_loopback: bool

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def takes_real_money(self) -> bool:
        """Whether Stripe is used; else the demo payment provider stands in."""
        return bool(self.stripe_secret_key)

    def for_flask(self) -> dict[str, Any]:
        """The part that Flask and its extensions read, under their own names."""
        return {
            "SECRET_KEY": self.secret_keys[0],
            "SECRET_KEY_FALLBACKS": list(self.secret_keys[1:]),
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "TRUSTED_HOSTS": list(self.trusted_hosts),
            # Room for a whole set of certificates in one form, besides each file's own cap.
            "MAX_CONTENT_LENGTH": self.max_upload_mb * 1024 * 1024 * 10,
            "MAX_FORM_PARTS": 500,
            "MAX_FORM_MEMORY_SIZE": 512 * 1024,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.public_url.startswith("https:"),
            "SESSION_COOKIE_NAME": "assay",
            "WTF_CSRF_TIME_LIMIT": None,  # a token lives as long as its session
            "WTF_CSRF_SSL_STRICT": False,  # web/security.py compares Origin on every write
        }


def from_environment(environ: Mapping[str, str]) -> Config:
    """Read and check every `ASSAY_*` variable. Raises ConfigError, naming the one at fault."""
    _refuse_unknown(environ)
    environment = _choice(environ, "ENVIRONMENT", ("development", "production"), "development")
    is_production = environment == "production"
    data_dir = Path(_text(environ, "DATA_DIR", "instance")).resolve()
    port = _number(environ, "PORT", 8000, low=1, high=65535)
    public_url = _url(environ, "PUBLIC_URL", f"http://127.0.0.1:{port}")
    host = urlsplit(public_url).hostname or ""
    config = Config(
        environment="production" if is_production else "development",
        data_dir=data_dir,
        database_url=_database(environ, data_dir),
        secret_keys=_secret_keys(environ, data_dir, is_production=is_production),
        public_url=public_url,
        trusted_hosts=_list(environ, "TRUSTED_HOSTS") or tuple({host, "127.0.0.1", "localhost"}),
        trusted_proxies=_number(environ, "TRUSTED_PROXIES", 0, low=0, high=10),
        port=port,
        ledger_origin=_text(environ, "LEDGER_ORIGIN", f"{host}/ledger"),
        stripe_secret_key=_text(environ, "STRIPE_SECRET_KEY", ""),
        stripe_webhook_secrets=_list(environ, "STRIPE_WEBHOOK_SECRETS"),
        smtp_url=_text(environ, "SMTP_URL", ""),
        mail_from=_text(environ, "MAIL_FROM", "Assay <orders@assay.example>"),
        log_level=_choice(environ, "LOG_LEVEL", ("debug", "info", "warning", "error"), "info"),
        max_upload_mb=_number(environ, "MAX_UPLOAD_MB", 20, low=1, high=100),
        reader_processes=_number(environ, "READER_PROCESSES", 2, low=1, high=32),
        dns_servers=_dns_servers(environ),
        rdap_url=_rdap_url(environ),
        outbound_loopback=_choice(environ, "OUTBOUND_LOOPBACK", ("no", "yes"), "no") == "yes",
    )
    _refuse_unsafe(config)
    return config


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    known = {PREFIX + name for name in KNOWN}
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            message = f"There is no setting {name}.{hint} See docs/configuration.md."
            raise ConfigError(message)


def _refuse_unsafe(config: Config) -> None:
    if config.stripe_secret_key and not config.stripe_webhook_secrets:
        message = (
            "ASSAY_STRIPE_SECRET_KEY is set but ASSAY_STRIPE_WEBHOOK_SECRETS is not: "
            "payments could be taken and never recorded. Set both."
        )
        raise ConfigError(message)
    if not config.is_production:
        return
    if not config.takes_real_money:
        message = "Production needs ASSAY_STRIPE_SECRET_KEY: the demo payments are no payments."
        raise ConfigError(message)
    if config.outbound_loopback:
        message = "ASSAY_OUTBOUND_LOOPBACK lets strangers' links into this machine: for tests only."
        raise ConfigError(message)
    if not config.public_url.startswith("https:"):
        message = "Production needs an https address in ASSAY_PUBLIC_URL."
        raise ConfigError(message)


def _text(environ: Mapping[str, str], name: str, default: str) -> str:
    return environ.get(PREFIX + name, "").strip() or default


def _list(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _text(environ, name, "").split(",") if part.strip())


def _choice(environ: Mapping[str, str], name: str, choices: tuple[str, ...], default: str) -> str:
    value = _text(environ, name, default).lower()
    if value not in choices:
        message = f"{PREFIX}{name} is {value!r}; write one of: {', '.join(choices)}."
        raise ConfigError(message)
    return value


def _number(environ: Mapping[str, str], name: str, default: int, *, low: int, high: int) -> int:
    text = _text(environ, name, str(default))
    value = int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else -1
    if not low <= value <= high:
        message = f"{PREFIX}{name} is {text!r}; write a whole number from {low} to {high}."
        raise ConfigError(message)
    return value


def _url(environ: Mapping[str, str], name: str, default: str) -> str:
    value = _text(environ, name, default).rstrip("/")
    try:
        parts = urlsplit(value)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.path
    except ValueError:
        is_good = False
    if not is_good:
        message = f"{PREFIX}{name} is {value!r}; write an address like https://shop.example."
        raise ConfigError(message)
    return value


def _dns_servers(environ: Mapping[str, str]) -> tuple[str, ...]:
    servers = _list(environ, "DNS_SERVERS")
    for server in servers:
        try:
            parts = urlsplit(f"//{server}")
            is_good = bool(ipaddress.ip_address(parts.hostname or "")) and parts.port != 0
        except ValueError:
            is_good = False
        if not is_good or "@" in server or parts.netloc != server:
            message = (
                f"{PREFIX}DNS_SERVERS holds {server!r}; write addresses like 192.0.2.53, "
                "192.0.2.53:5353 or [2001:db8::53], separated by commas."
            )
            raise ConfigError(message)
    return servers


def _rdap_url(environ: Mapping[str, str]) -> str:
    value = _text(environ, "RDAP_URL", "https://rdap.org/domain/")
    if not re.fullmatch(r"(https://[^/?#@\s]+|http://127\.0\.0\.1:[0-9]{1,5})/([^?#\s]*/)?", value):
        message = f"{PREFIX}RDAP_URL is {value!r}; write one like https://rdap.org/domain/."
        raise ConfigError(message)
    return value


def _database(environ: Mapping[str, str], data_dir: Path) -> str:
    value = _text(environ, "DATABASE_URL", f"sqlite:///{data_dir / 'assay.db'}")
    value = value.replace("postgres://", "postgresql://", 1)
    value = value.replace("postgresql://", "postgresql+psycopg://", 1)
    if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
        message = (
            f"{PREFIX}DATABASE_URL must start with sqlite:/// or postgresql://; "
            "other databases are not supported."
        )
        raise ConfigError(message)
    return value


def _secret_keys(
    environ: Mapping[str, str], data_dir: Path, *, is_production: bool
) -> tuple[str, ...]:
    keys = _list(environ, "SECRET_KEYS")
    if keys and min(map(len, keys)) < 32:  # noqa: PLR2004 - 128 bits written in hex
        message = f"Each key in {PREFIX}SECRET_KEYS needs at least 32 characters."
        raise ConfigError(message)
    if keys:
        return keys
    if is_production:
        message = (
            f"Production needs {PREFIX}SECRET_KEYS: "
            "python3 -c 'import secrets; print(secrets.token_hex())' makes one."
        )
        raise ConfigError(message)
    return (_kept_secret(data_dir / "secret-key"),)


def _kept_secret(path: Path) -> str:
    """A key made once and kept beside the data, readable by its owner alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent)  # mode 0600
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex())
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)  # whole or not at all, and the first one stays
        Path(temporary).unlink()
    return path.read_text().strip()


# Every setting's name without its prefix.
KNOWN = frozenset(
    {
        "DATABASE_URL",
        "DATA_DIR",
        "DNS_SERVERS",
        "ENVIRONMENT",
        "LEDGER_ORIGIN",
        "LOG_LEVEL",
        "MAIL_FROM",
        "MAX_UPLOAD_MB",
        "OUTBOUND_LOOPBACK",
        "PORT",
        "PUBLIC_URL",
        "RDAP_URL",
        "READER_PROCESSES",
        "SECRET_KEYS",
        "SMTP_URL",
        "STRIPE_SECRET_KEY",
        "STRIPE_WEBHOOK_SECRETS",
        "TRUSTED_HOSTS",
        "TRUSTED_PROXIES",
    }
)
