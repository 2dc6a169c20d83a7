"""Signed laboratory documents: as laboratories would sign them, and as forgers would like to.

`attacks()` is for every test that asks whether a forgery passes for the laboratory's own; PINS are
what staff would have pinned to the laboratory's record.
"""

import functools
import io

import pikepdf
from pyhanko.sign.fields import MDPPerm

from tests.certificates.documents import certificate, encrypted
from tests.papers import signing_structures, signing_updates, signing_values
from tests.papers.signing_pki import LABORATORY, analyst, laboratory, manager
from tests.papers.signing_tools import PADES, keep_for_later, sign, stamp

__all__ = ["LABORATORY", "PINS", "attacks", "honest"]

PINS = (laboratory().pin,)
_CORNER = (300, 40, 500, 90)
_BESIDE = (80, 40, 280, 90)


@functools.cache
def attacks() -> dict[str, bytes]:
    """Every forgery by name. None may ever be taken for signed by the laboratory."""
    return {
        **signing_updates.appended(),
        **signing_updates.shadows(),
        **signing_updates.certified(),
        **signing_updates.signed_over(),
        **signing_values.people(),
        **signing_values.ranges(),
        **signing_values.wrapped(),
        **signing_values.values(),
        **signing_values.hidden(),
        **signing_structures.structures(),
    }


@functools.cache
def honest() -> dict[str, bytes]:
    """Signed by the laboratory in the ways that its programs know."""
    plain = certificate()
    signed = sign(plain, analyst())
    stamped = sign(plain, analyst(), box=_CORNER)
    return {
        "plain": signed,
        "with_a_visible_stamp": stamped,
        "analyst_then_manager": sign(signed, manager(), field="Second"),
        "two_visible_stamps": sign(stamped, manager(), field="Second", box=_BESIDE),
        "two_on_a_turned_page": _turned(),
        "certified": sign(plain, analyst(), certify=MDPPerm.NO_CHANGES),
        "certified_then_signed": sign(
            sign(plain, analyst(), certify=MDPPerm.FILL_FORMS), manager(), field="Second"
        ),
        "by_the_european_profile": sign(plain, analyst(), kind=PADES, is_stamped=True),
        "with_an_rsa_key": sign(plain, manager()),
        "with_an_rsa_key_and_pss": sign(plain, manager(), prefers_pss=True),
        "with_a_longer_digest": sign(plain, analyst(), digest="sha512"),
        "kept_for_later": keep_for_later(signed, [analyst(), *analyst().givers()]),
        "kept_and_stamped": stamp(keep_for_later(signed, [analyst()])),
        "signed_then_stamped": stamp(signed),
        "linearized_before": sign(_saved(plain, linearize=True), analyst()),
        "packed_objects": sign(
            _saved(plain, object_stream_mode=pikepdf.ObjectStreamMode.generate), analyst()
        ),
        "with_an_owners_password": sign(encrypted(user=""), analyst()),
        "of_many_pages": sign(certificate(pages=12), analyst()),
    }


def _saved(content: bytes, **options: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, **options)
    return out.getvalue()


def _turned() -> bytes:
    with pikepdf.open(io.BytesIO(certificate())) as pdf:
        pdf.pages[0].obj.Rotate = 90
        pdf.pages[0].obj.MediaBox = pikepdf.Array([-20, -30, 575, 812])
        out = io.BytesIO()
        pdf.save(out)
    first = sign(out.getvalue(), analyst(), box=_CORNER)
    return sign(first, manager(), field="Second", box=_BESIDE)
