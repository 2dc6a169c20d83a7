"""What did workers see of a link, and what is on record about whoever has its address?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from shop.assay.policy import Mark
from shop.assay.sellers.facts import OfferFacts, Source
from shop.assay.sellers.hostnames import parse
from shop.assay.sellers.journeys import HopVerdict, hop_verdicts
from shop.assay.sellers.observed import Trouble
from shop.assay.sellers.register import Register
from shop.catalog.models import Brand
from shop.plumbing import clock
from shop.sellers import following, gather, named, observing
from shop.sellers.models import Authorization, Offer
from shop.sellers.seen import Following
from shop.staff import proof_words, seen_words
from shop.staff.proof_words import Address
from shop.web.words import Words


@dataclass(frozen=True, slots=True)
class Stop:
    """One address on the way, with what is known of it and how it answered."""

    mark: Mark
    host: str
    url: str
    sentence: str
    answered: str  # "200", "Certificate matches"; empty for a link that was changed since


@dataclass(frozen=True, slots=True)
class Look:
    """How the link led from a day on, until when that was seen, and what was new about it."""

    row: Following
    end: str
    trouble: str
    changes: Sequence[tuple[str, str, str]]  # what, before, then


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything seen of a link. Without `stops`, nobody has followed it as it is now."""

    stops: Sequence[Stop]
    looks: Sequence[Look]  # the newest first
    registrations: Sequence[tuple[str, date]]
    listings: Sequence[tuple[str, str, date]]  # host, list, day


@dataclass(frozen=True, slots=True)
class Owner:
    """An address on record at or above the link's, whose it is, and the proof of that."""

    name: str
    url: str  # of the owner's page on the desk
    address: Address


@dataclass(frozen=True, slots=True)
class Said:
    """A brand's word for a retailer, or its end. `source` says where we have it from."""

    brand: str
    brand_url: str  # of its page on the desk
    retailer: str
    told: Words
    source: str
    source_url: str  # empty when there is nothing to open
    scope: str
    on: date


def evidence(offer: Offer) -> Evidence:
    """Nothing is fetched: what is on record, as the judge reads it."""
    facts = gather.facts(offer.public_id)
    rows = following.history(offer.id)
    return Evidence(
        stops=_stops(facts, rows),
        looks=[_look(row, rows[place + 1 : place + 2]) for place, row in enumerate(rows)],
        registrations=[(each.name, each.created_on) for each in facts.observed.registrations],
        listings=[(each.host, each.source, each.listed_on) for each in facts.observed.listings],
    )


def owners(offer: Offer) -> list[Owner]:
    """Who has the link's address on record, the nearest address first."""
    domains = named.domains_at(parse(offer.url))
    addresses = proof_words.addresses(domains)
    found = []
    for domain, address in zip(domains, addresses, strict=True):
        if domain.retailer is not None:
            there = url_for("retailers.show", public_id=domain.retailer.public_id)
            found.append(Owner(domain.retailer.name, there, address))
        elif domain.brand is not None:
            there = url_for("brands.show", slug=domain.brand.slug)
            found.append(Owner(domain.brand.name, there, address))
    return found


def said_of(offer: Offer) -> list[Said]:
    """What the product's brand says of the retailer that is named, and of who has the address."""
    held = {domain.retailer_id for domain in named.domains_at(parse(offer.url))}
    retailers = {offer.retailer_id, *held}
    wanted = sorted(each for each in retailers if each is not None)
    told = named.words_between(offer.product.brand_id, wanted)
    return [said(authorization, brand) for authorization, brand in told]


def said(authorization: Authorization, brand: Brand) -> Said:
    """One word of a brand, as a line."""
    listed = authorization.seller_list
    is_by_brand = authorization.source == Source.BRAND_LIST
    scope = [*authorization.paths, *authorization.regions, *authorization.products]
    return Said(
        brand=brand.name,
        brand_url=url_for("brands.show", slug=brand.slug),
        retailer=authorization.retailer.name,
        told=seen_words.standing(authorization, clock.today()),
        source=seen_words.SOURCES[Source(authorization.source)],
        source_url=(listed.source_url if is_by_brand and listed else authorization.source_url),
        scope=", ".join(scope),
        on=listed.dated if listed is not None else authorization.created_at.date(),
    )


def _stops(facts: OfferFacts, rows: Sequence[Following]) -> list[Stop]:
    verdicts = hop_verdicts(facts, Register(facts.product), today=clock.today())
    hops = rows[0].hops if rows else []
    ahead = len(verdicts) - len(hops)  # the link itself, where it was written anew since
    return [
        _stop(verdict, hops[place - ahead] if 0 <= place - ahead < len(hops) else None)
        for place, verdict in enumerate(verdicts)
    ]


def _stop(verdict: HopVerdict, hop: Mapping[str, Any] | None) -> Stop:
    answered = "" if hop is None else seen_words.answer(hop["status"], hop["tls"])
    return Stop(
        mark=seen_words.MARKS[verdict.outcome],
        host=verdict.host,
        url=verdict.url,
        sentence=verdict.sentence,
        answered=answered,
    )


def _look(row: Following, before: Sequence[Following]) -> Look:
    changed = observing.changes(before[0], row) if before else ()
    return Look(
        row=row,
        end=parse(str(row.hops[-1]["url"])).shown,
        trouble=seen_words.TROUBLES[Trouble(row.trouble)] if row.trouble else "",
        changes=[seen_words.change(each) for each in changed],
    )
