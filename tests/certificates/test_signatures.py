"""Signed documents, and forgeries of them, through the reader's own eyes and the judge's."""

import io
import sys
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID as KeyPurpose
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel

from shop.assay.certificates import checks_signatures
from shop.assay.certificates.evidence import Level, evidence_level
from shop.assay.certificates.inside import FileDoubt, Inside, Modification, SignatureDoubt
from shop.certificates.reader import (
    parent,
    signature_chain,
    signatures,
    structure,
    wire_inside,
)
from shop.certificates.reader.limits import DEFAULT
from tests.assay.certificates.builders import LABORATORY, facts
from tests.certificates import documents
from tests.papers import signing, signing_pki, signing_tools

PINNED = replace(LABORATORY, signing_certs=signing.PINS)
# What is said of each forgery; a refusal's code where the file is not opened at all. Only
# "review", "other", "expired" and "none" leave the file to a person; all else is a failure.
SAID = {
    "appended_content": {"modified", "tail"},
    "appended_new_page_object": {"modified", "tail"},
    "appended_note_over_result": {"modified", "tail"},
    "appended_default_appearance": {"review"},
    "appended_comment": {"unreadable"},
    "appended_text_without_table": {"unreadable"},
    "appended_stray_object": {"tail"},
    "appended_other_root": {"modified", "tail"},
    "appended_title": {"review"},
    "appended_freed_signature": {"review", "none"},
    "appended_page_twice": {"modified", "tail"},
    "shadow_hide": {"modified", "tail"},
    "shadow_replace_font": {"modified", "tail"},
    "shadow_hide_and_replace": {"modified", "tail"},
    "shadow_field_value": {"tail"},
    "evil_annotation": {"modified", "tail"},
    "sneaky_signature": {"modified"},
    "certified_against_changes_and_filled": {"modified", "tail"},
    "changed_and_signed_by_a_stranger": {"modified"},
    "changed_and_signed_by_the_laboratory": {"modified"},
    "covered_by_a_strangers_stamp": {"other"},
    "signed_again_by_a_stranger": {"other"},
    "own_certificate_in_its_name": {"other"},
    "authority_of_the_same_name": {"other"},
    "another_laboratory": {"other"},
    "expired": {"expired"},
    "not_yet_valid": {"expired"},
    "certificate_for_ciphers": {"review"},
    "certificate_of_a_web_server": {"review"},
    "key_of_1024_bits": {"review"},
    "key_of_512_bits": {"review"},
    "digest_sha1": {"review"},
    "digest_md5": {"review"},
    "given_by_no_authority": {"other"},
    "revoked_by_a_list_inside": {"review"},
    "authority_revoked_by_a_list_inside": {"review"},
    "time_stamp_only": {"none"},
    "range_missing": {"unreadable"},
    "range_empty": {"unreadable"},
    "range_null": {"unreadable"},
    "range_negative": {"unreadable"},
    "range_of_nothing": {"invalid"},
    "range_overlapping": {"invalid"},
    "range_not_from_the_start": {"invalid"},
    "range_of_three": {"unreadable"},
    "range_of_six": {"invalid"},
    "range_beyond_the_end": {"invalid"},
    "range_short_of_the_end": {"invalid"},
    "range_of_words": {"unreadable"},
    "value_missing": {"unreadable"},
    "value_null": {"unreadable"},
    "value_empty": {"unreadable"},
    "value_zero": {"unreadable"},
    "value_of_noughts": {"unreadable"},
    "changed_inside": {"invalid"},
    "changed_result": {"invalid"},
    "wrapped_in_the_gap": {"invalid"},
    "moved_second_part": {"review", "none"},
    "value_other_digest": {"invalid"},
    "value_other_signature": {"invalid"},
    "value_carries_content": {"unreadable"},
    "value_two_signers": {"unreadable"},
    "value_without_certificates": {"unreadable"},
    "value_other_certificate": {"unreadable"},
    "value_many_certificates": {"unreadable"},
    "value_of_noise": {"unreadable"},
    "value_deeply_nested": {"unreadable"},
    "value_with_words_behind": {"invalid"},
    "hidden_in_an_object": {"count"},
    "hidden_in_a_packed_object": {"count"},
    "hidden_in_a_direct_dictionary": {"count"},
    "hidden_without_a_value": {"count"},
    "two_tables_after_signing": {"modified", "tail"},
    "two_tables_before_signing": {"review"},
    "end_written_twice": {"tail"},
    "end_of_an_earlier_revision": {"review", "none"},
    "table_that_leads_to_itself": {"file_needs_repair"},
    "words_behind_the_end": {"file_trailing_data"},
    "program_behind_the_end": {"file_polyglot"},
    "words_before_the_start": {"file_header_offset"},
    "half_of_it": {"file_truncated"},
    "field_without_a_signature": {"none"},
    "value_that_is_a_word": {"unreadable"},
    "value_that_is_an_empty_dictionary": {"count"},
    "value_that_is_a_list": {"unreadable"},
    "signature_written_anew": {"invalid"},
    "signature_of_another_file": {"unreadable"},
    "many_revisions": {"unreadable"},
    "huge_value": {"unreadable"},
}
HONEST = (
    "plain",
    "with_a_visible_stamp",
    "analyst_then_manager",
    "two_visible_stamps",
    "two_on_a_turned_page",
    "certified",
    "certified_then_signed",
    "by_the_european_profile",
    "with_an_rsa_key",
    "with_an_rsa_key_and_pss",
    "with_a_longer_digest",
    "kept_for_later",
    "kept_and_stamped",
    "signed_then_stamped",
    "linearized_before",
    "packed_objects",
    "with_an_owners_password",
    "of_many_pages",
)
# One worker makes the documents, for all of these tests.
pytestmark = pytest.mark.xdist_group("signing")


def seen(content):
    """The signatures of a file, or the code by which it is refused."""
    try:
        structure.refuse_bytes(content)
        with structure.open_whole(content, DEFAULT) as pdf:
            structure.refuse_active(pdf, DEFAULT)
            return signatures.read(content, pdf)
    except structure.Refusal as refusal:
        return refusal.problem.code.removeprefix("certificate.")


def judged(found, **more):
    return facts(
        inside=Inside(signatures=found),
        **{"laboratory": PINNED, "received_on": date(2026, 10, 5), **more},
    )


def codes(some_facts):
    prefix = "certificate.signature_"
    return {
        finding.rule.code.removeprefix(prefix) for finding in checks_signatures.answers(some_facts)
    }


def test_every_forgery_has_its_answer():
    assert signing.attacks().keys() == SAID.keys()


@pytest.mark.parametrize("name", SAID)
def test_forgery_is_never_taken_for_the_laboratorys(name):
    found = seen(signing.attacks()[name])
    if isinstance(found, str):
        assert {found} == SAID[name]
        return
    some_facts = judged(found)
    assert codes(some_facts) == SAID[name]
    assert evidence_level(some_facts, None) < Level.E4


def test_every_honest_signature_is_tried():
    assert signing.honest().keys() == set(HONEST)


@pytest.mark.parametrize("name", HONEST)
def test_honest_signature_is_the_laboratorys(name):
    found = seen(signing.honest()[name])
    assert found.problem == ""
    some_facts = judged(found)
    assert codes(some_facts) == {"valid"}
    assert evidence_level(some_facts, None) is Level.E4


def test_wrapped_signature_passes_where_only_lengths_are_added_up():
    """That the byte range's gap is looked at, and not only its length, is not idle."""
    content = signing.attacks()["wrapped_in_the_gap"]
    (embedded,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    embedded.compute_integrity_info()
    assert embedded.coverage is SignatureCoverageLevel.ENTIRE_FILE

    (ours,) = seen(content).found
    assert (ours.is_valid, ours.is_intact, ours.covers_file) == (True, False, False)


def test_every_certificate_that_vouches_may_be_the_pinned_one():
    found = seen(signing.honest()["plain"])
    chain = [signing_pki.analyst(), *signing_pki.analyst().givers()]
    assert found.found[0].chain == tuple(holder.pin for holder in chain)
    for holder in chain:
        pinned = replace(LABORATORY, signing_certs=(holder.pin,))
        assert codes(judged(found, laboratory=pinned)) == {"valid"}


def test_authority_that_did_not_give_the_certificate_does_not_vouch():
    """Its certificate lies in the file, and that is all."""
    (found,) = seen(signing.attacks()["given_by_no_authority"]).found
    assert found.chain == (signing_pki.given_by_analyst().pin,)


def test_signer_names_and_dates_are_told():
    (first, second) = seen(signing.honest()["analyst_then_manager"]).found
    assert (first.field, first.signer) == ("Signature1", "Northmere Analytical")
    assert first.signed_at == "2026-10-03T12:00:00+00:00"
    assert first.holds_until == "2029-01-01"
    assert first.modification is Modification.SIGNATURES
    assert (second.covers_file, second.modification) == (True, Modification.NONE)


def test_time_stamp_is_no_signature_of_anybody():
    signed, stamp = seen(signing.honest()["signed_then_stamped"]).found
    assert (signed.is_time_stamp, stamp.is_time_stamp) == (False, True)
    assert stamp.covers_file


@pytest.mark.parametrize(
    ("name", "doubt"),
    [
        ("digest_sha1", SignatureDoubt.WEAK_DIGEST),
        ("digest_md5", SignatureDoubt.WEAK_DIGEST),
        ("key_of_512_bits", SignatureDoubt.WEAK_KEY),
        ("certificate_for_ciphers", SignatureDoubt.KEY_USAGE),
        ("certificate_of_a_web_server", SignatureDoubt.KEY_USAGE),
        ("revoked_by_a_list_inside", SignatureDoubt.REVOKED),
    ],
)
def test_doubt_about_a_signature_is_named(name, doubt):
    assert doubt in seen(signing.attacks()[name]).found[0].doubts


@pytest.mark.parametrize(
    ("name", "doubts"),
    [
        ("two_tables_before_signing", {FileDoubt.TWO_TABLES, FileDoubt.VIEWS}),
        ("appended_freed_signature", {FileDoubt.REMOVED}),
    ],
)
def test_doubt_about_the_file_is_named(name, doubts):
    assert set(seen(signing.attacks()[name]).doubts) == doubts


def test_file_that_pdfium_reads_otherwise_is_doubted(monkeypatch):
    """Whatever the difference is: here the drawing of what pikepdf read is another one."""
    content = signing.honest()["plain"]
    other = documents.certificate(title="Another title")
    monkeypatch.setattr(pikepdf.Pdf, "save", lambda _, out, **__: out.write(other))
    found = seen(content)
    assert found.doubts == (FileDoubt.VIEWS,)
    assert codes(judged(found)) == {"review"}


def test_right_of_use_is_no_signature_by_the_maker():
    def grant(pdf):
        value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Contents=pikepdf.String(b"x"))
        pdf.Root.Perms = pikepdf.Dictionary(UR3=pdf.make_indirect(value))

    found = seen(documents.changed(grant))
    assert (found.dictionaries, found.doubts) == (0, (FileDoubt.USAGE_RIGHTS,))
    assert codes(judged(found)) == {"review", "none"}


def test_old_kind_of_signature_is_left_to_a_person():
    content = signing.honest()["plain"]
    old = content.replace(b"/adbe.pkcs7.detached", b"/adbe.pkcs7.sha1    ")
    found = seen(old)
    assert (found.dictionaries, found.doubts) == (0, (FileDoubt.OLD_KIND,))


def test_unsigned_file_does_not_load_what_examines_signatures(monkeypatch):
    monkeypatch.delitem(sys.modules, signatures.EXAMINER, raising=False)
    found = seen(documents.certificate())
    assert found == signatures.Signatures()
    assert signatures.EXAMINER not in sys.modules


def test_failure_of_the_examination_never_reads_as_unsigned(monkeypatch):
    monkeypatch.setattr(signatures, "EXAMINER", "shop.certificates.reader.no_such_module")
    found = seen(signing.honest()["plain"])
    assert found.problem.startswith("ModuleNotFoundError")
    assert codes(judged(found)) == {"unreadable"}


def test_want_of_memory_is_not_hidden(monkeypatch):
    def hungry(pdf):
        raise MemoryError

    monkeypatch.setattr(signatures, "_held", hungry)
    with pytest.raises(MemoryError):
        seen(signing.honest()["plain"])


def test_problem_bears_no_signs_that_turn_letters(monkeypatch):
    def odd(pdf):
        raise ValueError("a\u202eb\x00c" + "x" * 500)

    monkeypatch.setattr(signatures, "_held", odd)
    found = seen(documents.certificate())
    assert found.problem.startswith("ValueError: a b c")
    assert len(found.problem) == 200


def test_blank_bytes_behind_the_signed_part_are_left_to_a_person():
    found = seen(signing.honest()["plain"] + b"\r\n")
    assert (found.found[0].covers_file, found.found[0].modification) == (False, Modification.NONE)
    assert codes(judged(found)) == {"review"}


def test_certificates_beyond_any_honest_number_end_the_examination():
    above = signing_pki.issue("Crowd", is_authority=True)
    for place in range(17):
        above = signing_pki.issue(f"Crowd {place}", above, is_authority=True)
    content = signing_tools.sign(documents.certificate(), signing_pki.issue("Lost", above))
    assert seen(content).problem.startswith("TooMuch")


@pytest.mark.parametrize(
    ("purposes", "is_doubted"),
    [
        ((KeyPurpose.EMAIL_PROTECTION,), False),
        ((KeyPurpose.CLIENT_AUTH,), False),  # all that many authorities give to a person
        ((KeyPurpose.SERVER_AUTH, KeyPurpose.CLIENT_AUTH), True),
        ((KeyPurpose.TIME_STAMPING,), True),
    ],
)
def test_purpose_of_a_certificate_counts(purposes, is_doubted):
    holder = signing_pki.issue("Somebody", purposes=purposes)
    (found,) = seen(signing_tools.sign(documents.certificate(), holder)).found
    assert found.doubts == ((SignatureDoubt.KEY_USAGE,) if is_doubted else ())


def test_crowd_in_a_time_stamp_ends_the_examination(monkeypatch):
    monkeypatch.setattr(signature_chain, "_MOST_STAMPS", 0)
    found = seen(signing.honest()["by_the_european_profile"])
    assert found.problem.startswith("TooMuch")


def test_signatures_come_back_whole_from_their_row():
    for name in ("analyst_then_manager", "kept_and_stamped"):
        seen_inside = Inside(signatures=seen(signing.honest()[name]))
        assert wire_inside.inside(wire_inside.as_json(seen_inside)) == seen_inside


@pytest.mark.parametrize(
    "change",
    [
        {"modification": "harmless"},
        {"doubts": ["no such doubt"]},
        {"is_intact": "yes"},
        {"is_time_stamp": 1},
        {"chain": ["x" * 65]},
        {"holds_until": 7},
    ],
)
def test_signature_that_does_not_fit_is_no_answer(change):
    answer = wire_inside.as_json(Inside(signatures=seen(signing.honest()["plain"])))
    answer["signatures"]["found"][0].update(change)
    with pytest.raises(ValueError, match=r"."):
        wire_inside.inside(answer)


@pytest.mark.parametrize(
    ("group", "name", "code"),
    [
        (signing.honest, "analyst_then_manager", "valid"),
        (signing.attacks, "appended_content", "modified"),
        (signing.attacks, "value_of_noise", "unreadable"),
        (signing.attacks, "own_certificate_in_its_name", "other"),
    ],
)
def test_readers_own_process_says_the_same(group, name, code):
    """Under its limits, without a network, and through the checked answer."""
    reading = parent.read(group()[name])
    assert reading.file.problems == ()
    assert code in codes(judged(reading.inside.signatures))
