"""How much is "12.50 USD" in whole minor units?

Exponents of ISO 4217: most currencies have two decimal places, the others stand here by name.
"""

import re
from decimal import Decimal

from shop.plumbing.errors import Refused

MAX_MINOR = 2_000_000_000  # fits a 32-bit column
_PLAIN = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?")
_NO_PLACES = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE_PLACES = "BHD IQD JOD KWD LYD OMR TND"
_EXPONENTS = {
    **dict.fromkeys(_NO_PLACES.split(), 0),
    **dict.fromkeys(_THREE_PLACES.split(), 3),
}
_ALL = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP
    BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
    GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR
    KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
    MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR
    SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS
    UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
"""
_CURRENCIES = frozenset(_ALL.split())


def minor_units(amount: str, currency: str) -> int:
    """A plain decimal amount as an integer of the currency's minor unit. Raises Refused."""
    places = exponent(currency)
    if not _PLAIN.fullmatch(amount):
        message = f"Write the price as a plain number such as 12.50, not {amount[:40]!r}."
        code = "catalog.price_invalid"
        raise Refused(code, message)
    scaled = Decimal(amount).scaleb(places)
    if scaled != scaled.to_integral_value():
        message = f"{currency} has {places} decimal places; {amount} has more."
        code = "catalog.price_invalid"
        raise Refused(code, message)
    if scaled > MAX_MINOR:
        message = f"A price of {amount} {currency} is larger than the shop can keep."
        code = "catalog.price_invalid"
        raise Refused(code, message)
    return int(scaled)


def exponent(currency: str) -> int:
    """How many decimal places a currency has. Raises Refused for no currency of ISO 4217."""
    if currency not in _CURRENCIES:
        message = f"{currency[:10]!r} is no ISO 4217 currency code; write one such as USD."
        code = "catalog.currency_unknown"
        raise Refused(code, message)
    return _EXPONENTS.get(currency, 2)
