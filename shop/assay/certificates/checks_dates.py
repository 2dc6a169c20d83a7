"""Do the printed dates follow one another, and do they still hold today?"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise

from shop.assay.certificates.facts import (
    SURE,
    CertificateFacts,
    Field,
    FieldName,
    first_day,
    last_day,
)
from shop.assay.certificates.saying import doubt, say
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Rule, Severity

FUTURE = Rule(
    "certificate.date_future",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "The report gives a date that has not come yet: {what} {date}.",
        "tomorrow": "The report gives tomorrow's date: {what} {date}.",
        "unclear": "Read one way, a date on the report has not come yet: {what}, {printed}.",
    },
)
IMPOSSIBLE = Rule(
    "certificate.dates_impossible",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "Two dates on the report cannot both hold: "
        "{earlier} {earlier_date}, yet {later} {later_date}.",
        "one_day": "Two dates on the report are a day out of order: "
        "{earlier} {earlier_date}, yet {later} {later_date}.",
        "unclear": "Read one way, two dates on the report are out of order: "
        "{earlier} {earlier_date}, {later} {later_date}.",
    },
    "ISO/IEC 17025:2017, 7.8.2.1 h, i, j",
)
UNCLEAR = Rule(
    "certificate.date_unreadable",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "We do not understand a date on the report: {what}, {printed}."},
)
MISSING = Rule(
    "certificate.dates_missing",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "We found no date of issue and no date of testing on the report."},
    "ISO/IEC 17025:2017, 7.8.2.1 i, j",
)
STALE = Rule(
    "certificate.stale",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {
        DEFAULT: "The certificate is {months} months old.",
        "tested": "The tests were made {months} months ago.",
    },
)
VOID = Rule(
    "certificate.void",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "The report says that it does not hold after {date}.",
        "unclear": "Read one way, the report says that it does not hold after {date}.",
    },
)
EXPIRED = Rule(
    "certificate.product_expired",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "The expiry date on the report, {date}, has passed.",
        "unclear": "Read one way, the expiry date on the report has passed: {printed}.",
    },
)
OK = Rule(
    "certificate.dates_ok",
    Severity.OK,
    Outcome.PASSED,
    {
        DEFAULT: "The dates on the report follow one another; it was issued on {date}.",
        "tested": "The dates on the report follow one another; it was tested on {date}.",
    },
)
RULES = (FUTURE, IMPOSSIBLE, UNCLEAR, MISSING, STALE, VOID, EXPIRED, OK)

MONTHS_FRESH = 12
_DAY = timedelta(days=1)
# In the order in which they must follow one another.
_COURSE = {
    FieldName.DATE_MADE: "made",
    FieldName.DATE_SAMPLED: "sampled",
    FieldName.DATE_RECEIVED: "received",
    FieldName.DATE_TESTED: "tested",
    FieldName.DATE_ISSUED: "issued",
}
_LIMITS = {FieldName.DATE_EXPIRES: "expires", FieldName.DATE_VOID_AFTER: "void after"}
_WORDS = _COURSE | _LIMITS


def dates(facts: CertificateFacts, *, today: date) -> tuple[Finding, ...]:
    """Answer for all dates; `dates_ok` only when nothing stands against them."""
    printed = [field for name in _WORDS if (field := facts.field(name))]
    found = [
        *_unreadable(printed),
        *_future(printed, today),
        *_out_of_order(printed),
        *_expired(facts, today),
        *_stale(facts, today),
    ]
    if facts.field(FieldName.DATE_ISSUED) is None and facts.field(FieldName.DATE_TESTED) is None:
        return (*found, MISSING.found())
    return tuple(found) or (_all_well(facts),)


def changes_at(facts: CertificateFacts) -> Iterator[datetime]:
    """The midnights at which an answer of this module changes by itself."""
    for name in (FieldName.DATE_EXPIRES, FieldName.DATE_VOID_AFTER):
        field = facts.field(name)
        day = last_day(field.value) if field else None
        if day:
            yield _midnight(day + _DAY)
    dated = _dated(facts)
    dated_on = last_day(dated.value) if dated else None
    if dated_on:
        yield _midnight(add_months(dated_on, MONTHS_FRESH) + _DAY)
    for name in _COURSE:
        field = facts.field(name)
        day = first_day(field.value) if field else None
        if day:
            yield _midnight(day - _DAY)
            yield _midnight(day)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last (29 February + 12 is 28 February)."""
    place = day.year * 12 + day.month - 1 + months
    first = date(place // 12, place % 12 + 1, 1)
    following = date((place + 1) // 12, (place + 1) % 12 + 1, 1)
    return min(first + (day.day - 1) * _DAY, following - _DAY)


def _unreadable(printed: list[Field]) -> Iterator[Finding]:
    for field in printed:
        if first_day(field.value) is None:
            details = {"what": _WORDS[field.name], "printed": field.raw}
            yield say(UNCLEAR, about=field, details=details)


def _future(printed: list[Field], today: date) -> Iterator[Finding]:
    for field in printed:
        day = first_day(field.value)
        if field.name not in _COURSE or day is None or day <= today:
            continue
        details = {"what": _COURSE[field.name], "date": day.isoformat(), "printed": field.raw}
        if field.confidence < SURE:
            yield doubt(FUTURE, "unclear", about=field, details=details)
        elif day == today + _DAY:  # today, east of here
            yield doubt(FUTURE, "tomorrow", about=field, details=details)
        else:
            yield say(FUTURE, about=field, details=details)


def _out_of_order(printed: list[Field]) -> Iterator[Finding]:
    """Neighbors first; of others only what their neighbors do not tell already."""
    course = [field for field in printed if field.name in _COURSE and first_day(field.value)]
    near = list(pairwise(course))
    made = next((field for field in course if field.name is FieldName.DATE_MADE), None)
    ends = next((field for field in printed if field.name is FieldName.DATE_EXPIRES), None)
    if made and ends:
        near.append((made, ends))
    found = [answer for pair in near if (answer := _in_order(*pair))]
    yield from found
    if any(answer.outcome is Outcome.FAILED for answer in found):
        return
    far = [answer for pair in combinations(course, 2) if (answer := _in_order(*pair))]
    failed = [answer for answer in far if answer.outcome is Outcome.FAILED]
    yield from failed[:1] or ([] if found else far[:1])


def _in_order(earlier: Field, later: Field) -> Finding | None:
    first, last = first_day(earlier.value), last_day(later.value)
    if first is None or last is None or first <= last:
        return None
    details = {
        "earlier": _WORDS[earlier.name],
        "earlier_date": earlier.value,
        "later": _WORDS[later.name],
        "later_date": later.value,
    }
    if min(earlier.confidence, later.confidence) < SURE:
        return doubt(IMPOSSIBLE, "unclear", about=later, details=details)
    if first - last == _DAY:
        return doubt(IMPOSSIBLE, "one_day", about=later, details=details)
    return say(IMPOSSIBLE, about=later, details=details)


def _expired(facts: CertificateFacts, today: date) -> Iterator[Finding]:
    field = facts.field(FieldName.DATE_EXPIRES)
    day = last_day(field.value) if field else None
    if field is None or day is None or today <= day:
        return
    details = {"date": day.isoformat(), "printed": field.raw}
    if field.confidence < SURE:
        yield doubt(EXPIRED, "unclear", about=field, details=details)
    else:
        yield say(EXPIRED, about=field, details=details)


def _stale(facts: CertificateFacts, today: date) -> Iterator[Finding]:
    void = facts.field(FieldName.DATE_VOID_AFTER)
    void_on = last_day(void.value) if void else None
    if void and void_on and today > void_on:
        details = {"date": void_on.isoformat()}
        if void.confidence < SURE:
            yield doubt(VOID, "unclear", about=void, details=details)
        else:
            yield say(VOID, about=void, details=details)
    dated = _dated(facts)
    day = last_day(dated.value) if dated else None
    if dated and day and today > add_months(day, MONTHS_FRESH):
        months = (today.year - day.year) * 12 + today.month - day.month
        whole = months - (add_months(day, months) > today)
        variant = DEFAULT if dated.name is FieldName.DATE_ISSUED else "tested"
        yield say(STALE, variant, about=dated, details={"months": str(whole)})


def _dated(facts: CertificateFacts) -> Field | None:
    """The field that tells how old the report is: its issue, else the tests, if understood."""
    for name in (FieldName.DATE_ISSUED, FieldName.DATE_TESTED):
        field = facts.field(name)
        if field and last_day(field.value):
            return field
    return None


def _all_well(facts: CertificateFacts) -> Finding:
    issued = facts.field(FieldName.DATE_ISSUED)
    if issued:
        return say(OK, about=issued, details={"date": issued.value})
    tested = facts.field(FieldName.DATE_TESTED)
    return say(OK, "tested", about=tested, details={"date": tested.value if tested else ""})


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
