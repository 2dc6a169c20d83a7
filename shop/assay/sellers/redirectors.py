"""Which addresses only pass visitors on? Affiliate networks, link shorteners and the like.

Nothing is sold there: whose shop a link opens is asked of the address where it ends. A host
stands here with all names below it, by the name of whoever runs it. Only hosts whose whole purpose
is to pass on belong here: facebook.com has pages of its own, l.facebook.com has none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shop.assay.sellers.hostnames import Link, parse, suffixes


class Passing(StrEnum):
    """Why a host passes visitors on."""

    AFFILIATE = "affiliate"  # counts the visit for whoever placed the link
    SHORTENER = "shortener"  # gives a long link a short name, and so hides it
    GATE = "gate"  # a mail program's, network's or browser's way out


@dataclass(frozen=True, slots=True)
class Redirector:
    """A host that only passes on. `operator` is whose it is, or what it is known as."""

    host: str
    passing: Passing
    operator: str

    @property
    def hides_its_end(self) -> bool:
        return self.passing is Passing.SHORTENER


def redirector(link: Link) -> Redirector | None:
    """What is known of this link's host, or of a name above it. Most hosts cost one look."""
    known = _BY_SITE.get(link.registrable)
    if known is None:
        return None
    above = suffixes(link.name)
    return next((each for each in known if each.host in above), None)


def passes_on(site: str) -> bool:
    """Whether a host under this registrable name only passes visitors on."""
    return site in _BY_SITE


_AFFILIATES: Mapping[str, str] = {
    "AccessTrade": "accesstra.de",
    "Admitad": "ad.admitad.com alitems.com alitems.site tjzuh.com",
    "AdRecord": "click.adrecord.com",
    "Adservice": "adservicemedia.dk",
    "Adtraction": "track.adtraction.com at.adtr.co",
    "AliExpress": "s.click.aliexpress.com",
    "AvantLink": "avantlink.com",
    "Awin": "awin1.com zenaps.com",
    "Belboon": "belboon.de",
    "Bol": "partner.bol.com",
    "ClickBank": "hop.clickbank.net",
    "Commission Factory": "cfjump.com",
    "CJ": "anrdoezrs.net apmebf.com afcyhf.com awltovhc.com cj.dotomi.com dpbolvw.net "
    "emjcd.com ftjcfx.com jdoqocy.com kqzyfj.com lduhtrp.net qksrv.net qksz.net "
    "tkqlhce.com tqlkg.com yceml.net",
    "Cuelinks": "linksredirect.com clnk.in",
    "Daisycon": "ds1.nl lt45.net jdt8.net dt51.net bdt9.net fr135.net glp8.net ndt5.net rkn3.net",
    "Digidip": "digidip.net",
    "EarnKaro": "ekaro.in",
    "Effiliation": "track.effiliation.com",
    "eBay Partner Network": "rover.ebay.com",
    "FlexOffers": "track.flexlinkspro.com track.flexlinks.com",
    "Howl": "howl.me howl.link shop-edit.com",
    "Impact": "7eer.net bn5x.net dttq.net e9ug.net evyy.net goto.target.com goto.walmart.com "
    "gqco.net i384100.net jewn.net mvvx.net ojrq.net pxf.io r7ls.net sjv.io "
    "uikc.net",
    "Involve Asia": "invol.co invl.io invle.co",
    "LTK": "rstyle.me liketk.it",
    "MagicLinks": "go.magik.ly",
    "Narrativ": "narrativ.com",
    "Optimise": "clk.omgt1.com clk.omgt3.com clk.omgt4.com clk.omgt5.com track.omguk.com",
    "Partnerize": "prf.hn",
    "Pepperjam": "gopjn.com pjatr.com pjtra.com pntra.com pntrac.com pntrs.com",
    "Rakuten Advertising": "linksynergy.com linksynergy.walmart.com",
    "ShareASale": "shareasale.com shareasale-analytics.com",
    "Shopify Collabs": "collabs.shop",
    "ShopMy": "go.shopmy.us",
    "ShopStyle": "shopstyle.it",
    "Skimlinks": "redirectingat.com go.skimresources.com shop-links.co fave.co",
    "Sovrn": "redirect.viglink.com sovrn.co",
    "TradeDoubler": "clk.tradedoubler.com clkde.tradedoubler.com clkuk.tradedoubler.com "
    "pdt.tradedoubler.com",
    "TradeTracker": "tradetracker.net",
    "TUNE": "go2cloud.org",
    "Webgains": "track.webgains.com",
    "Wildfire": "wild.link",
    "Yieldkit": "r.yieldkit.com",
}
_SHORTENERS: Mapping[str, str] = {
    "Amazon": "amzn.to amzn.eu amzn.asia amzlink.to a.co",
    "Awin": "tidd.ly",
    "Bitly": "bit.ly bitly.ws j.mp",
    "BL.INK": "bl.ink",
    "Branch": "app.link bnc.lt",
    "Buffer": "buff.ly",
    "Clck.ru": "clck.ru",
    "Cutt.ly": "cutt.ly",
    "Dub": "dub.sh",
    "eBay": "ebay.us",
    "Etsy": "etsy.me",
    "Facebook": "fb.me",
    "Firebase": "page.link",
    "Geniuslink": "geni.us",
    "GitHub": "git.io",
    "Google": "goo.gl g.co",
    "Hootsuite": "ow.ly ht.ly owl.li",
    "HubSpot": "hubs.la hubs.li hubs.ly",
    "IFTTT": "ift.tt",
    "is.gd": "is.gd v.gd",
    "Kutt": "kutt.it",
    "Later": "l8r.it",
    "Linkfire": "lnk.to",
    "LinkedIn": "lnkd.in",
    "Mailchimp": "eepurl.com",
    "Microsoft": "aka.ms",
    "OneLink": "onelink.me",
    "Pinterest": "pin.it",
    "Rebrandly": "rebrand.ly",
    "ShareASale": "shrsl.com",
    "Shopee": "shope.ee",
    "Short.io": "short.gy shortcm.li",
    "Sniply": "snip.ly snip.link",
    "SocialFlow": "trib.al",
    "Switchy": "swiy.co swiy.io",
    "T.LY": "t.ly",
    "TikTok": "vt.tiktok.com vm.tiktok.com",
    "Tiny.cc": "tiny.cc",
    "TinyURL": "tinyurl.com tiny.one",
    "Twitter": "t.co",
    "VK": "vk.cc",
    "Walmart": "walmrt.us",
    "a link shortener": "2.gp acortar.link adf.ly bit.do chilp.it cli.gs cort.as db.tt "
    "dlvr.it han.gl mcaf.ee me2.do n9.cl ouo.io po.st qr.ae qrco.de rb.gy "
    "shorturl.asia shorturl.at smarturl.it soo.gd surl.li t1p.de t2m.io "
    "tr.im u.nu u.to ulvis.net url.kr urlz.fr x.co x.gd zpr.io zws.im",
}
_GATES: Mapping[str, str] = {
    "Barracuda": "linkprotect.cudasvc.com",
    "Facebook": "l.facebook.com lm.facebook.com",
    "Google Ads": "googleadservices.com ad.doubleclick.net adclick.g.doubleclick.net "
    "clickserve.dartsearch.net",
    "Instagram": "l.instagram.com",
    "Klaviyo": "klclick.com klclick1.com klclick2.com",
    "Mandrill": "mandrillapp.com",
    "Messenger": "l.messenger.com",
    "Microsoft": "safelinks.protection.outlook.com",
    "Mimecast": "protect-us.mimecast.com protect-eu.mimecast.com protect-de.mimecast.com",
    "Outbrain": "paid.outbrain.com",
    "Proofpoint": "urldefense.com urldefense.proofpoint.com",
    "Reddit": "out.reddit.com",
    "SendGrid": "ct.sendgrid.net",
    "Slack": "slack-redir.net",
    "Taboola": "trc.taboola.com",
    "Threads": "l.threads.net l.threads.com",
    "Tumblr": "t.umblr.com",
    "VK": "away.vk.com",
}


def _known() -> Iterator[Redirector]:
    tables = (
        (Passing.AFFILIATE, _AFFILIATES),
        (Passing.SHORTENER, _SHORTENERS),
        (Passing.GATE, _GATES),
    )
    for passing, operators in tables:
        for operator, hosts in operators.items():
            for host in hosts.split():
                yield Redirector(host, passing, operator)


REDIRECTORS: tuple[Redirector, ...] = tuple(_known())


def _by_site() -> dict[str, list[Redirector]]:
    """By the registrable name of the hosts, so that any other host is dismissed by one look."""
    found: dict[str, list[Redirector]] = {}
    for each in REDIRECTORS:
        found.setdefault(parse(f"https://{each.host}").registrable, []).append(each)
    return found


_BY_SITE = _by_site()
