"""What the judge makes of signatures that the reader has seen."""

from dataclasses import replace
from datetime import date

import pytest

from shop.assay.certificates import checks, checks_signatures
from shop.assay.certificates.evidence import Level, evidence_level
from shop.assay.certificates.inside import (
    FileDoubt,
    Inside,
    Modification,
    Signature,
    SignatureDoubt,
    Signatures,
)
from shop.assay.vocabulary import DEFAULT, Outcome
from tests.assay.certificates.builders import LABORATORY, facts

LEAF, AUTHORITY = "1" * 64, "2" * 64
SIGNED = Signature(
    field="Signature1",
    signer="Northmere Analytical",
    certificate=LEAF,
    chain=(LEAF, AUTHORITY),
    signed_at="2026-10-03T12:00:00+00:00",
    is_intact=True,
    is_valid=True,
    is_expired=False,
    covers_file=True,
    modification=Modification.NONE,
    holds_until="2027-10-03",
)
FIRST = replace(SIGNED, covers_file=False, modification=Modification.SIGNATURES)
STAMP = replace(SIGNED, signer="Time office", chain=("9" * 64,), is_time_stamp=True)
EARLIER = replace(SIGNED, covers_file=False)
PINNED = replace(LABORATORY, signing_certs=(AUTHORITY,))
RECEIVED = date(2026, 10, 10)


def of(*found, dictionaries=None, **more):
    return Signatures(
        dictionaries=len(found) if dictionaries is None else dictionaries, found=found, **more
    )


def answers(signatures, laboratory=PINNED, received=RECEIVED, **more):
    some_facts = facts(
        inside=Inside(signatures=signatures), laboratory=laboratory, received_on=received, **more
    )
    found = checks_signatures.answers(some_facts)
    return [(answer.rule.code.removeprefix("certificate."), answer.variant) for answer in found]


@pytest.mark.parametrize(
    ("signatures", "expected"),
    [
        (of(), [("signature_none", DEFAULT)]),
        (of(SIGNED), [("signature_valid", DEFAULT)]),
        (of(FIRST, SIGNED), [("signature_valid", DEFAULT)]),
        (of(replace(EARLIER, modification=Modification.LTA)), [("signature_valid", DEFAULT)]),
        (
            of(replace(EARLIER, modification=Modification.LTA), STAMP),
            [("signature_valid", DEFAULT)],
        ),
        # Metadata and strays do no harm in a file that a later signature covers.
        (
            of(replace(EARLIER, modification=Modification.METADATA), SIGNED),
            [("signature_valid", DEFAULT)],
        ),
        (
            of(replace(EARLIER, modification=Modification.UNUSED), SIGNED),
            [("signature_valid", DEFAULT)],
        ),
        (of(STAMP), [("signature_none", "time_stamp")]),
        (of(dictionaries=1), [("signature_count", DEFAULT)]),
        (of(SIGNED, dictionaries=2), [("signature_count", DEFAULT)]),
        (of(SIGNED, dictionaries=0), [("signature_count", DEFAULT)]),
        (of(problem="ValueError"), [("signature_unreadable", DEFAULT)]),
        (of(SIGNED, problem="ValueError"), [("signature_unreadable", DEFAULT)]),
        (of(replace(SIGNED, is_intact=False)), [("signature_invalid", DEFAULT)]),
        (of(replace(SIGNED, is_valid=False)), [("signature_invalid", "signature")]),
        # One that does not hold is enough, whoever made it.
        (of(replace(FIRST, is_intact=False), SIGNED), [("signature_invalid", DEFAULT)]),
        (of(SIGNED, replace(STAMP, is_valid=False)), [("signature_invalid", "signature")]),
        (of(EARLIER), [("signature_review", DEFAULT)]),
        (
            of(replace(EARLIER, modification=Modification.OTHER)),
            [("signature_modified", DEFAULT), ("signature_tail", DEFAULT)],
        ),
        (
            of(replace(EARLIER, modification=Modification.OTHER), SIGNED),
            [("signature_modified", DEFAULT)],
        ),
        (of(replace(EARLIER, modification=Modification.UNUSED)), [("signature_tail", DEFAULT)]),
        (of(replace(EARLIER, modification=Modification.FORMS)), [("signature_tail", DEFAULT)]),
        (of(FIRST), [("signature_tail", DEFAULT)]),
        (
            of(replace(EARLIER, modification=Modification.METADATA)),
            [("signature_review", "metadata")],
        ),
        (
            of(replace(EARLIER, modification=Modification.FORMS), SIGNED),
            [("signature_review", "forms")],
        ),
        (of(replace(SIGNED, is_expired=True)), [("signature_expired", DEFAULT)]),
    ],
)
def test_signature_is_answered(signatures, expected):
    assert answers(signatures) == expected


@pytest.mark.parametrize("doubt", SignatureDoubt)
def test_doubt_about_a_signature_is_for_a_person(doubt):
    assert answers(of(replace(SIGNED, doubts=(doubt,)))) == [("signature_review", doubt.value)]


@pytest.mark.parametrize("doubt", FileDoubt)
def test_doubt_about_the_file_is_for_a_person(doubt):
    assert answers(of(SIGNED, doubts=(doubt,))) == [("signature_review", doubt.value)]


@pytest.mark.parametrize(
    ("laboratory", "known", "expected"),
    [
        (PINNED, "", [("signature_valid", DEFAULT)]),
        (replace(LABORATORY, signing_certs=("8" * 64, LEAF)), "", [("signature_valid", DEFAULT)]),
        (replace(LABORATORY, signing_certs=("8" * 64,)), "", [("signature_other", DEFAULT)]),
        (LABORATORY, "", [("signature_untrusted", DEFAULT)]),
        (None, "", [("signature_untrusted", DEFAULT)]),
        (LABORATORY, "Fellside Testing", [("signature_other", "laboratory")]),
        (None, "Fellside Testing", [("signature_other", "laboratory")]),
    ],
)
def test_signer_is_compared_with_pins(laboratory, known, expected):
    assert answers(of(SIGNED), laboratory, signed_by=known) == expected


def test_digest_that_vouches_for_nothing_is_no_pin():
    """The certificate of a time stamp's office, or one that is only named."""
    alone = replace(SIGNED, chain=(LEAF,))
    assert answers(of(alone)) == [("signature_other", DEFAULT)]
    pinned = replace(LABORATORY, signing_certs=STAMP.chain)
    assert answers(of(SIGNED, STAMP), pinned) == [("signature_other", DEFAULT)]
    assert checks_signatures.digests(of(SIGNED, STAMP)) == {LEAF, AUTHORITY}


def test_every_signer_has_to_be_the_laboratorys():
    stranger = replace(SIGNED, signer="Somebody", chain=("7" * 64,))
    assert answers(of(FIRST, stranger)) == [("signature_other", DEFAULT)]


@pytest.mark.parametrize(
    ("signed_at", "until", "received", "expected"),
    [
        ("2026-10-03T12:00:00+00:00", "2026-10-09", RECEIVED, "valid"),  # a day between clocks
        ("2026-10-03T12:00:00+00:00", "2026-10-08", RECEIVED, "received"),
        ("2026-10-11T12:00:00+00:00", "2027-10-03", RECEIVED, "valid"),
        ("2026-10-12T12:00:00+00:00", "2027-10-03", RECEIVED, "future"),
        ("", "2027-10-03", RECEIVED, "valid"),  # the profile of Europe may leave it out
        ("2026-10-03T12:00:00+00:00", "2026-10-08", None, "valid"),
    ],
)
def test_certificate_has_to_hold_when_the_file_reached_us(signed_at, until, received, expected):
    signed = replace(SIGNED, signed_at=signed_at, holds_until=until)
    found = answers(of(signed), received=received)
    is_valid = expected == "valid"
    assert found == [("signature_valid", DEFAULT) if is_valid else ("signature_expired", expected)]


def test_last_day_of_signing_is_that_of_a_signer():
    stamped_later = replace(STAMP, signed_at="2026-12-01T00:00:00+00:00")
    second = replace(SIGNED, signed_at="2026-10-05T00:00:00+00:00")
    assert checks_signatures.signed_on(of(second, FIRST, stamped_later)) == date(2026, 10, 5)
    assert checks_signatures.signed_on(of(replace(SIGNED, signed_at=""))) is None


@pytest.mark.parametrize(
    ("signatures", "laboratory", "level"),
    [
        (of(SIGNED), PINNED, Level.E4),
        (of(FIRST, SIGNED), PINNED, Level.E4),
        (of(), PINNED, Level.E1),
        (of(STAMP), PINNED, Level.E1),
        (of(SIGNED), LABORATORY, Level.E0),
        (of(SIGNED), None, Level.E0),
        (of(SIGNED, dictionaries=2), PINNED, Level.E0),
        (of(EARLIER), PINNED, Level.E0),
        (of(replace(SIGNED, is_valid=False)), PINNED, Level.E0),
        (of(SIGNED, doubts=(FileDoubt.VIEWS,)), PINNED, Level.E0),
    ],
)
def test_level_of_a_signed_file(signatures, laboratory, level):
    some_facts = facts(inside=Inside(signatures=signatures), laboratory=laboratory)
    assert evidence_level(some_facts, None) is level


def test_signature_does_not_lift_what_else_speaks_against_the_document():
    some_facts = facts({"lot": "OTHER-1"}, inside=Inside(signatures=of(SIGNED)), laboratory=PINNED)
    assert checks_signatures.is_signed_by_laboratory(some_facts)
    assert evidence_level(some_facts, None) is Level.E0


def test_rules_are_among_the_judges():
    assert all(rule in checks.RULES for rule in checks_signatures.RULES)
    assert checks_signatures.VALID.outcome is Outcome.PASSED


def test_sentences_say_it_plainly():
    some_facts = facts(inside=Inside(signatures=of(SIGNED)), laboratory=PINNED)
    (valid,) = checks_signatures.answers(some_facts)
    assert valid.sentence == (
        "The file has not changed since Northmere Analytical signed it. We know the certificate "
        "as one of Northmere Analytical."
    )
    (none,) = checks_signatures.answers(facts())
    assert none.sentence == "The file is not signed, so we cannot tell whether it was changed."
    expired = replace(SIGNED, is_expired=True)
    (late,) = checks_signatures.answers(
        facts(inside=Inside(signatures=of(expired)), laboratory=PINNED)
    )
    assert late.sentence.endswith("did not hold on the day of signing, 3 Oct 2026.")
