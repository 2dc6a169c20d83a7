import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.log.notes import Checkpoint, LogKey, NoteError, opened, sign

SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = LogKey("shop.example/ledger", SECRET.public_key().public_bytes_raw())
CHECKPOINT = Checkpoint("shop.example/ledger", 1234, bytes(range(32)))
NOTE = sign(CHECKPOINT.text, KEY, SECRET.sign)


def test_note_of_the_go_implementation_opens():
    # The example of golang.org/x/mod/sumdb/note, which we did not write.
    key = LogKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )
    signature = (
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg"
        "KvqfqdngotpRZb6KE6RyyBwJnAM="
    )
    assert opened(f"{text}\n\N{EM DASH} PeterNeumann {signature}\n", key) == text


def test_key_comes_back_from_its_text():
    assert LogKey.parse(KEY.text + "\n") == KEY


def test_checkpoint_comes_back_from_its_note():
    assert Checkpoint.parse(opened(NOTE, KEY)) == CHECKPOINT


def test_signature_of_another_key_beside_ours_is_passed_over():
    witness = Ed25519PrivateKey.generate()
    key = LogKey("witness.example", witness.public_key().public_bytes_raw())
    line = sign(CHECKPOINT.text, key, witness.sign).splitlines(keepends=True)[-1]
    assert opened(NOTE + line, KEY) == opened(NOTE + line, key) == CHECKPOINT.text


@given(st.integers(0, len(NOTE.encode()) * 8 - 1))
def test_note_with_one_flipped_bit_does_not_open(bit):
    changed = bytearray(NOTE.encode())
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(NoteError):
        opened(changed.decode(errors="surrogateescape"), KEY)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n\n",
        CHECKPOINT.text,
        NOTE.removesuffix("\n"),
        NOTE.replace("\N{EM DASH}", "-"),
        NOTE + "\n",
        NOTE + "\N{EM DASH} nothing\n",
        NOTE.replace("\n1234\n", "\n1235\n"),
        sign(CHECKPOINT.text, KEY, Ed25519PrivateKey.generate().sign),
    ],
)
def test_note_that_is_not_whole_or_not_ours_is_refused(note):
    with pytest.raises(NoteError):
        opened(note, KEY)


def test_note_of_a_key_with_the_same_name_is_refused():
    other = Ed25519PrivateKey.generate()
    key = LogKey(KEY.name, other.public_key().public_bytes_raw())
    with pytest.raises(NoteError, match="did not sign"):
        opened(sign(CHECKPOINT.text, key, other.sign), KEY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        KEY.text.replace("shop.example", "shap.example"),
        "name+00000000+",
        "name+00000000+AA==",
        "name+00000000+AQ==",
        "a name+00000000+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "n\u00e4me+c74f20a3+\u00e4",
    ],
)
def test_key_that_cannot_be_read_is_refused(text):
    with pytest.raises(NoteError):
        LogKey.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n1\n",
        "origin\n1\nAAAA\n",
        "origin\n-1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "origin\n01\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "origin\n\u0661\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "origin\n99999999999999999999\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "origin\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=\n",
        "origin\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n",
        "origin\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    ],
)
def test_checkpoint_that_cannot_be_read_is_refused(text):
    with pytest.raises(NoteError):
        Checkpoint.parse(text)


def test_checkpoint_may_bear_extensions():
    assert Checkpoint.parse(CHECKPOINT.text + "recorded elsewhere\n") == CHECKPOINT


def test_text_without_its_line_break_is_not_signed():
    with pytest.raises(NoteError):
        sign("text", KEY, SECRET.sign)
