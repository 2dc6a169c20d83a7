"""Check a link: what do we know about a link that somebody was sent? Nothing is fetched or kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import Blueprint, Response, make_response, render_template, request

from shop.assay import policy
from shop.assay.policy import Mark
from shop.assay.sellers.checks import state
from shop.assay.sellers.facts import Statement
from shop.assay.sellers.hostnames import Link, Problem, host_of, parse
from shop.catalog import naming, search
from shop.catalog import service as catalog
from shop.catalog.models import Brand, Product
from shop.catalog.search import CardRow
from shop.plumbing.errors import NotFound
from shop.sellers import looking, official
from shop.sellers.looking import LONGEST_LOOK, Asked, Seen
from shop.sellers.official import Site
from shop.storefront.shops import first_proven
from shop.web import link_words, seller_words
from shop.web.access import public
from shop.web.addresses import Comparison, clipped, compare
from shop.web.rendering import listed
from shop.web.security import CHECK_LIMIT, limiter
from shop.web.words import Words

bp = Blueprint("linkcheck", __name__)

_LONGEST_BRAND = 200
_MOST_BRANDS = 500  # offered while typing; others are found by their whole name
_MOST_PRODUCTS = 60
_NEAREST = 5


@dataclass
class Question:
    """What was typed, and what it came to. `problems`: (id of the field, message)."""

    link: str = ""
    brand_name: str = ""
    product_slug: str = ""
    says: str = ""
    brand: Brand | None = None
    product: Product | None = None
    products: Sequence[CardRow] = ()
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def errors(self) -> dict[str, str]:
        return dict(self.problems)


@dataclass(frozen=True, slots=True)
class Answer:
    """What we know, in the order in which it is told."""

    seen: Seen
    told: Words
    pasted: str
    read_as: str
    comparison: Comparison | None  # None: no browser opens it
    parts: Sequence[tuple[str, str]]
    twin_said: str
    owned: str
    site: Site | None  # the brand's own, proven
    official: str

    @property
    def state(self) -> str:
        """The word of the state, where the title says only what decided it."""
        if not self.seen.link.is_valid or not self.seen.findings:
            return ""
        word = seller_words.STATES[state(self.seen.findings)].title
        return "" if word == self.told.title else word

    @property
    def changes(self) -> Sequence[str]:
        return link_words.changes(self.seen.findings)


@bp.get("/check-link")
@public
@limiter.limit(CHECK_LIMIT)
def show() -> Response:
    """The form, or the answer for the link in the address, which can be passed on."""
    question = _question()
    answer = _answer(question) if "link" in request.args and not question.problems else None
    body = render_template(
        "storefront/linkcheck/show.html",
        question=question,
        answer=answer,
        brands=catalog.brands(_MOST_BRANDS),
        longest=LONGEST_LOOK,
    )
    response = make_response(body)
    if request.args:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _question() -> Question:
    asked = Question(
        link=request.args.get("link", "").strip(),
        brand_name=" ".join(request.args.get("brand", "").split())[:_LONGEST_BRAND],
        product_slug=request.args.get("product", ""),
        says=request.args.get("says", ""),
    )
    if "link" in request.args and not asked.link:
        asked.problems.append(("link", link_words.NO_LINK))
    if len(asked.link) > LONGEST_LOOK:
        asked.problems.append(("link", link_words.TOO_LONG.format(longest=LONGEST_LOOK)))
        asked.link = ""
    if asked.says not in link_words.STATEMENTS:
        asked.says = ""
    if asked.brand_name:
        _find_brand(asked)
    return asked


def _find_brand(asked: Question) -> None:
    """The brand by its name or address, with its products to choose from."""
    try:
        brand = catalog.brand_by_slug(naming.slug(asked.brand_name))
    except NotFound:
        asked.problems.append(("brand", _no_brand(asked.brand_name)))
        return
    asked.brand, asked.brand_name = brand, brand.name
    query = search.Query(brands=(brand.slug,), sort="name", per_page=_MOST_PRODUCTS)
    asked.products = search.find(query).cards
    if asked.product_slug in {card.slug for card in asked.products}:
        asked.product = catalog.product_by_slug(asked.product_slug)


def _no_brand(name: str) -> str:
    near = [each.text for each in search.suggest(name, limit=_NEAREST) if each.kind == "brand"]
    if not near:
        return link_words.NO_BRAND
    return link_words.NO_BRAND_NEAR.format(near=", ".join(near))


def _answer(question: Question) -> Answer:
    text = _with_scheme(question.link)
    said = Statement(question.says) if question.says else None
    seen = looking.look(text, Asked(question.brand, question.product, said))
    brand = seen.brand.name if seen.brand is not None else ""
    comparison = compare(text, brand, seen.findings) if seen.link.is_valid else None
    twin = comparison.twin if comparison is not None else ""
    twin_site = next((site for site in seen.sites if site.host == host_of(twin)), None)
    site = first_proven(seen.sites)
    owner = official.owner_of(host_of(twin)) if twin else ""
    return Answer(
        seen=seen,
        told=_told(seen),
        pasted=clipped(question.link),
        read_as=link_words.READ_AS.format(link=clipped(text)) if text != question.link else "",
        comparison=comparison,
        parts=_parts(seen.link),
        twin_said=seller_words.twin(brand, twin_site, owner) if twin else "",
        owned=_owned(seen),
        site=site,
        official=seller_words.official(brand, site) if brand else "",
    )


def _with_scheme(text: str) -> str:
    """What people type of an address is often only its host: read as a browser's bar does."""
    if parse(text).problem is not Problem.NOT_ABSOLUTE:
        return text
    completed = f"https://{text.removeprefix('//')}"
    return completed if parse(completed).is_public else text


def _told(seen: Seen) -> Words:
    problem = seen.link.problem
    if problem is not None:
        title = link_words.NOT_A_LINK
        # Words that are no link warn of nothing: something is only missing.
        mark = Mark.NONE if problem is Problem.NOT_ABSOLUTE else title.mark
        return Words(mark, title.title, link_words.NOT_LINKS[problem])
    if not seen.findings and seen.owner is None:
        return link_words.NOBODY
    return seller_words.offer(policy.overall(seen.findings), seen.findings)


def _owned(seen: Seen) -> str:
    """Whose address it is, when the question named no brand."""
    if seen.owner is None or seen.brand is not None:
        return ""
    if not seen.brands:
        return link_words.OWNED_UNNAMED.format(owner=seen.owner.name)
    brands = listed(brand.name for brand in seen.brands)
    return link_words.OWNED.format(owner=seen.owner.name, brands=brands)


def _parts(link: Link) -> list[tuple[str, str]]:
    """In the order of their weight: whose site, then where on it, then how it is written."""
    parts = {
        "site": parse(f"https://{link.registrable}").shown if link.registrable else link.shown,
        "platform": link.platform,
        "before": link.subdomain if link.registrable else "",
        "port": str(link.port) if link.port is not None else "",
        "page": link.after_host.removeprefix("/"),
        "written": link.as_written,
    }
    return [(link_words.PARTS[name], clipped(text)) for name, text in parts.items() if text]
