"""Puts the house together."""

from flask import Blueprint, Flask
from flask_migrate import Migrate

import shop.accounts.models
import shop.claims.models
import shop.sellers.models
import shop.sellers.seen
import shop.verdicts.models  # noqa: F401 - its tables
from config import Config, ConfigError
from shop import cli
from shop.api import description as api_description
from shop.api import ledger as ledger_api
from shop.api import webhooks
from shop.assay.log.notes import NoteError
from shop.ledger import service as ledger
from shop.ledger.keys import KeyFileError, load_or_create
from shop.orders.demo_payments import DemoPayments
from shop.orders.payments import PaymentProvider, StripePayments
from shop.plumbing import db as database
from shop.plumbing import schema
from shop.plumbing.blobs import BlobStore
from shop.plumbing.outbound import Outbound
from shop.staff import (
    audit,
    brand_sellers,
    brands,
    certificates,
    confirmations,
    laboratories,
    laboratory_accreditations,
    laboratory_pins,
    laboratory_records,
    offers,
    people,
    proofs,
    retailers,
    reviews,
    sellers,
    sign_in,
    unrelated,
    uploading,
)
from shop.staff import catalog as staff_catalog
from shop.staff import disputes as staff_disputes
from shop.storefront import (
    browse,
    cart,
    certificate,
    check,
    checkout,
    disputes,
    linkcheck,
    media,
    order,
    outbound,
    pages,
    pay,
    product,
    publishing,
)
from shop.storefront import (
    ledger as public_ledger,
)
from shop.web import access, assets, caching, errors, health, logs, rendering, security
from shop.web.context import Shop

STOREFRONT = (
    browse.bp,
    cart.bp,
    certificate.bp,
    check.bp,
    checkout.bp,
    disputes.bp,
    linkcheck.bp,
    media.bp,
    order.bp,
    outbound.bp,
    pages.bp,
    pay.bp,
    product.bp,
    public_ledger.bp,
    publishing.bp,
)
STAFF = (
    audit.bp,
    brand_sellers.bp,
    brands.bp,
    certificates.bp,
    confirmations.bp,
    laboratories.bp,
    laboratory_accreditations.bp,
    laboratory_pins.bp,
    laboratory_records.bp,
    offers.bp,
    people.bp,
    proofs.bp,
    retailers.bp,
    reviews.bp,
    sellers.bp,
    sign_in.bp,
    staff_catalog.bp,
    unrelated.bp,
    uploading.bp,
    staff_disputes.bp,
)
BLUEPRINTS: tuple[Blueprint, ...] = (
    api_description.bp,
    health.bp,
    ledger_api.bp,
    webhooks.bp,
    *STOREFRONT,
    *STAFF,
)


def create_app(config: Config) -> Flask:
    """The whole shop for one configuration. Opens no connection and reads no table."""
    app = Flask("shop", static_folder=None, template_folder="templates")
    app.config.from_mapping(config.for_flask())
    app.extensions["assay"] = Shop(
        config=config,
        blobs=BlobStore(config.data_dir / "blobs"),
        outbound=_outbound(config),
        payments=_payments(config),
    )
    _install_database(app, config)
    _install_manners(app, config)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    api_description.install(app, config.public_url)
    cli.install(app)
    return app


def _payments(config: Config) -> PaymentProvider:
    if config.takes_real_money:
        return StripePayments.with_key(
            config.stripe_secret_key, config.stripe_webhook_secrets, config.public_url
        )
    return DemoPayments(config.public_url, database.transaction, config.is_production)


def _outbound(config: Config) -> Outbound:
    return Outbound(
        allow_loopback=config.outbound_loopback,
        nameservers=config.dns_servers,
        rdap_url=config.rdap_url,
        agent=f"Assay (+{config.public_url})",
    )


def _install_manners(app: Flask, config: Config) -> None:
    logs.install(app, config.log_level)  # first in, last out
    access.install(app)
    security.install(app, config.trusted_proxies)
    caching.install(app)
    errors.install(app)
    rendering.install(app)
    assets.install(app)


def _install_database(app: Flask, config: Config) -> None:
    database.db.init_app(app)
    Migrate(app, database.db, directory=str(schema.MIGRATIONS))
    with app.app_context():
        database.install_engine_rules(database.db.engine)
        try:
            ledger.configure(load_or_create(config.data_dir / "keys"), config.ledger_origin)
        except (KeyFileError, NoteError) as problem:
            message = f"The public ledger cannot be signed: {problem}."
            raise ConfigError(message) from problem
