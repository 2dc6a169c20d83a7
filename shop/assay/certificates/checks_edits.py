"""Was the document changed after it was exported, as far as the file itself shows it?

What an earlier revision in the file shows otherwise is a fact that everybody can see, and fails.
Something appended, the name of an editor, dates in odd order: these have honest reasons too, and a
person looks at them. A signature's own addition is left to the rules about signatures.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from shop.assay.certificates.editors import editor_in
from shop.assay.certificates.facts import CertificateFacts, FieldName, last_day
from shop.assay.certificates.inside import Change, ChangeKind, Metadata
from shop.assay.certificates.saying import place_of
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Place, Rule, Severity

_REVISIONS = "ISO 32000-2:2020, 7.5.6"
EDIT_VISIBLE = Rule(
    "certificate.edit_visible",
    Severity.WARNING,
    Outcome.FAILED,
    {
        DEFAULT: "An earlier revision in the file shows something else on page {page} than the "
        "page shows now.",
        "words": "An earlier revision in the file shows “{before}” where page {page} now shows "
        "“{after}”.",
        "came": "An earlier revision in the file does not show “{after}”, which page {page} "
        "shows now.",
        "gone": "An earlier revision in the file shows “{before}” on page {page}, where nothing "
        "is shown now.",
        "cover": "A note or form field shows “{after}” on page {page} over what an earlier "
        "revision in the file shows there: “{before}”.",
        "note": "A note or form field was added to page {page} after the file was made: “{after}”.",
        "note_bare": "A note or form field on page {page} is another one than in an earlier "
        "revision in the file.",
        "added": "An earlier revision in the file does not have the page that is now page {page}.",
        "removed": "An earlier revision in the file has a page {page} that is missing now.",
        "moved": "An earlier revision in the file has the pages in another order: what is now "
        "page {after} was page {before}.",
        "more": "{count} more places show something else than in an earlier revision in the file.",
    },
    _REVISIONS,
)
EDIT_INCREMENTAL = Rule(
    "certificate.edit_incremental",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "Something was appended to the file after it was first made."},
    _REVISIONS,
)
PRODUCER_EDITOR = Rule(
    "certificate.producer_editor",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "The file names a program that edits finished pages: {observed}."},
    "ISO 32000-2:2020, 14.3",
)
META_DATES = Rule(
    "certificate.meta_dates",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {
        DEFAULT: "The file says it was made on {observed}, after the date of issue that it "
        "prints, {expected}.",
        "records": "The file says twice when it was made, and differently: {observed} and "
        "{expected}.",
        "modified": "The file says it was made on {expected} and changed on {observed}.",
    },
    "ISO 32000-2:2020, 14.3",
)
NOT_LOOKED = Rule(
    "certificate.look_unfinished",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {
        DEFAULT: "We could not look at all of the file's inside.",
        "history": "The file carries earlier revisions, and we could not compare all of them.",
        "metadata": "We could not read what the file says of its making.",
        "text": "We could not compare all of the file's text with its picture.",
    },
)
RULES = (EDIT_VISIBLE, EDIT_INCREMENTAL, PRODUCER_EDITOR, META_DATES, NOT_LOOKED)

_MOST_SAID = 12
_LONGEST = 160
# What was laid over a page is part of the file, not of the page, and may have been put there by
# whoever received it; what it hides is not.
_DOUBTFUL = frozenset({ChangeKind.NOTE})
_SLACK = timedelta(days=1)  # of time zones


def answers(facts: CertificateFacts) -> Iterator[Finding]:
    """What the file's past and its records say about changes."""
    yield from visible(facts.inside.history.changes)
    if facts.inside.history.is_appended:
        yield EDIT_INCREMENTAL.found()
    metadata = facts.inside.metadata
    editor = editor_in([metadata.producer, metadata.creator, *metadata.tools])
    if editor:
        yield PRODUCER_EDITOR.found(observed=editor)
    yield from _dates(facts, metadata)
    for look in facts.inside.unfinished:
        yield NOT_LOOKED.found(look.value)


def visible(changes: tuple[Change, ...]) -> Iterator[Finding]:
    """One finding for each changed place, up to a dozen, and one for the rest."""
    certain_first = sorted(changes, key=lambda change: change.kind in _DOUBTFUL)
    for change in certain_first[:_MOST_SAID]:
        yield _changed(change)
    rest = certain_first[_MOST_SAID:]
    if rest:
        more = EDIT_VISIBLE.found("more", count=len(rest))
        yield _weighed(more, rest[0])


def _changed(change: Change) -> Finding:
    # A page that is gone has no place among those that one can look at now.
    place = None if change.kind is ChangeKind.REMOVED else Place(change.page, change.box)
    found = EDIT_VISIBLE.found(
        _variant(change),
        place=place,
        page=change.page,
        before=_short(change.before),
        after=_short(change.after),
        revision=change.revision,
    )
    return _weighed(found, change)


def _weighed(finding: Finding, change: Change) -> Finding:
    if change.kind not in _DOUBTFUL:
        return finding
    return finding._replace(severity=Severity.NOTICE, outcome=Outcome.INDETERMINATE)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _variant(change: Change) -> str:
    match change.kind:
        case ChangeKind.CONTENT:
            return _of_words(change)
        case ChangeKind.NOTE:
            return "note" if change.after else "note_bare"
        case ChangeKind.COVER:
            return "cover" if change.before and change.after else DEFAULT
        case ChangeKind.ADDED | ChangeKind.REMOVED | ChangeKind.MOVED:
            return change.kind.value


def _of_words(change: Change) -> str:
    if change.before == change.after:
        return DEFAULT
    if change.before and change.after:
        return "words"
    return "came" if change.after else "gone"


def _dates(facts: CertificateFacts, metadata: Metadata) -> Iterator[Finding]:
    created = [_day(metadata.created), _day(metadata.xmp_created)]
    first = min((day for day in created if day), default=None)
    issued = facts.field(FieldName.DATE_ISSUED)
    printed = last_day(issued.value) if issued else None
    if first and issued and printed and first > printed + _SLACK:
        yield META_DATES.found(observed=first, expected=issued.value, place=place_of(issued))
    if created[0] and created[1] and abs(created[0] - created[1]) > _SLACK:
        yield META_DATES.found("records", observed=created[0], expected=created[1])
    changed = [day for day in (_day(metadata.modified), _day(metadata.xmp_modified)) if day]
    if first and changed and max(changed) > first:
        yield META_DATES.found(
            "modified",
            severity=Severity.INFO,
            outcome=Outcome.NOT_APPLICABLE,
            observed=max(changed),
            expected=first,
        )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
