"""Every bad setting stops the start with a sentence that says what to write."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

import config

KEY = "k" * 32
PRODUCTION = {
    "ASSAY_ENVIRONMENT": "production",
    "ASSAY_SECRET_KEYS": KEY,
    "ASSAY_PUBLIC_URL": "https://shop.example",
    "ASSAY_STRIPE_SECRET_KEY": "sk_live_x",
    "ASSAY_STRIPE_WEBHOOK_SECRETS": "whsec_new,whsec_old",
}


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"ASSAY_PROT": "80"}, "no setting ASSAY_PROT. Did you mean ASSAY_PORT?"),
        ({"ASSAY_COLOUR_OF_BIKESHED": "blue"}, "no setting ASSAY_COLOUR_OF_BIKESHED"),
        ({"ASSAY_PORT": "eighty"}, "whole number from 1 to 65535"),
        ({"ASSAY_PORT": "0"}, "whole number from 1 to 65535"),
        (
            {"ASSAY_PORT": "\uff19\uff10"},
            "whole number",
        ),  # full-width digits are digits to str.isdigit
        ({"ASSAY_PORT": "9" * 5000}, "whole number"),  # int() of these raises something else
        ({"ASSAY_TRUSTED_PROXIES": "-1"}, "whole number from 0 to 10"),
        ({"ASSAY_TRUSTED_PROXIES": "*"}, "whole number from 0 to 10"),
        ({"ASSAY_ENVIRONMENT": "prod"}, "development, production"),
        ({"ASSAY_PUBLIC_URL": "shop.example"}, "address like https://shop.example"),
        ({"ASSAY_PUBLIC_URL": "http://[::1"}, "address like https://shop.example"),
        ({"ASSAY_PUBLIC_URL": "https://shop.example/a/path"}, "address like"),
        ({"ASSAY_DATABASE_URL": "mysql://x"}, "sqlite:/// or postgresql://"),
        ({"ASSAY_SECRET_KEYS": "short"}, "at least 32 characters"),
        ({"ASSAY_STRIPE_SECRET_KEY": "sk_test_x"}, "ASSAY_STRIPE_WEBHOOK_SECRETS is not"),
        ({"ASSAY_DNS_SERVERS": "dns.example"}, "write addresses like 192.0.2.53"),
        ({"ASSAY_DNS_SERVERS": "192.0.2.53:0"}, "write addresses like"),
        ({"ASSAY_DNS_SERVERS": "192.0.2.53:65536"}, "write addresses like"),
        ({"ASSAY_DNS_SERVERS": "192.0.2.53,2001:db8::53"}, "holds '2001:db8::53'"),
        ({"ASSAY_DNS_SERVERS": "a@192.0.2.53"}, "write addresses like"),
        ({"ASSAY_DNS_SERVERS": "192.0.2.53/53"}, "write addresses like"),
        ({"ASSAY_RDAP_URL": "http://rdap.example/domain/"}, "https://rdap.org/domain/"),
        ({"ASSAY_RDAP_URL": "https://rdap.example/domain"}, "https://rdap.org/domain/"),
        ({"ASSAY_RDAP_URL": "https://rdap.example/?name="}, "https://rdap.org/domain/"),
        ({"ASSAY_OUTBOUND_LOOPBACK": "perhaps"}, "one of: no, yes"),
        (PRODUCTION | {"ASSAY_OUTBOUND_LOOPBACK": "yes"}, "for tests only"),
        (PRODUCTION | {"ASSAY_SECRET_KEYS": ""}, "Production needs ASSAY_SECRET_KEYS"),
        (PRODUCTION | {"ASSAY_STRIPE_SECRET_KEY": ""}, "demo payments are no payments"),
        (PRODUCTION | {"ASSAY_PUBLIC_URL": "http://shop.example"}, "https address"),
    ],
)
def test_bad_setting_is_refused_with_what_to_do(environ, says, tmp_path):
    with pytest.raises(config.ConfigError) as refusal:
        config.from_environment({"ASSAY_DATA_DIR": str(tmp_path), **environ})
    assert says in str(refusal.value)


def test_nothing_set_gives_the_embedded_shop(tmp_path):
    settings = config.from_environment({"ASSAY_DATA_DIR": str(tmp_path), "HOME": "/root"})

    assert settings.database_url == f"sqlite:///{tmp_path / 'assay.db'}"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert not settings.is_production
    assert not settings.takes_real_money
    assert settings.trusted_proxies == 0
    assert settings.dns_servers == ()
    assert settings.rdap_url == "https://rdap.org/domain/"
    assert not settings.outbound_loopback


def test_servers_of_names_and_registrations_are_taken_as_written(tmp_path):
    settings = config.from_environment(
        {
            "ASSAY_DATA_DIR": str(tmp_path),
            "ASSAY_DNS_SERVERS": "192.0.2.53, 192.0.2.54:5353, [2001:db8::53]:53",
            "ASSAY_RDAP_URL": "http://127.0.0.1:8053/",
            "ASSAY_OUTBOUND_LOOPBACK": "yes",
        }
    )
    assert settings.dns_servers == ("192.0.2.53", "192.0.2.54:5353", "[2001:db8::53]:53")
    assert settings.rdap_url == "http://127.0.0.1:8053/"
    assert settings.outbound_loopback


def test_production_is_accepted_when_whole(tmp_path):
    settings = config.from_environment({"ASSAY_DATA_DIR": str(tmp_path), **PRODUCTION})

    assert settings.takes_real_money
    assert settings.stripe_webhook_secrets == ("whsec_new", "whsec_old")
    assert settings.for_flask()["SESSION_COOKIE_SECURE"] is True


def test_postgresql_address_names_its_driver(tmp_path):
    settings = config.from_environment(
        {"ASSAY_DATA_DIR": str(tmp_path), "ASSAY_DATABASE_URL": "postgres://u:p@db/assay"}
    )
    assert settings.database_url == "postgresql+psycopg://u:p@db/assay"


def test_secret_key_is_made_once_and_private(tmp_path):
    environ = {"ASSAY_DATA_DIR": str(tmp_path)}
    with ThreadPoolExecutor(8) as starts:  # several processes may start at once
        found = set(starts.map(lambda _: config.from_environment(environ).secret_keys, range(16)))

    assert len(found) == 1
    assert len(found.pop()[0]) == 64
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
