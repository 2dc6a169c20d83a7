import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from shop.ledger.keys import LOG_FILE, VERDICT_FILE, KeyFileError, load_or_create

ROOT = Path(__file__).resolve().parents[2]
_PRINT_KEYS = (
    "import sys; from pathlib import Path; from shop.ledger.keys import load_or_create; "
    "keys = load_or_create(Path(sys.argv[1])); "
    "print(keys.verdict_public.hex(), keys.log_key('x').text)"
)


def test_keys_are_made_once_and_stay(tmp_path):
    first, second = load_or_create(tmp_path / "keys"), load_or_create(tmp_path / "keys")
    assert first.verdict_public == second.verdict_public
    assert first.log_key("x") == second.log_key("x")


def test_only_the_owner_may_read_keys(tmp_path):
    load_or_create(tmp_path / "keys")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()}
    assert modes == {VERDICT_FILE: 0o600, LOG_FILE: 0o600}  # and no temporary file is left
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_processes_that_start_together_agree_on_the_keys(tmp_path):
    def start(_number):
        return subprocess.run(  # noqa: S603 - our own interpreter and our own words
            [sys.executable, "-c", _PRINT_KEYS, str(tmp_path / "keys")],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(start, range(4)))) == 1


def test_threads_that_start_together_agree_on_the_keys(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        made = list(pool.map(lambda _number: load_or_create(tmp_path / "keys"), range(64)))
    assert len({keys.verdict_public for keys in made}) == 1
    assert len({keys.log_key("x") for keys in made}) == 1


def pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        (VERDICT_FILE, b"", "no private key"),
        (LOG_FILE, b"half a k", "no private key"),
        (VERDICT_FILE, pem(ec.generate_private_key(ec.SECP384R1())), "another kind than P-256"),
        (VERDICT_FILE, pem(Ed25519PrivateKey.generate()), "another kind than P-256"),
        (LOG_FILE, pem(ec.generate_private_key(ec.SECP256R1())), "another kind than Ed25519"),
    ],
)
def test_file_that_is_no_key_is_named_and_kept(tmp_path, file, content, words):
    load_or_create(tmp_path)
    (tmp_path / file).write_bytes(content)
    with pytest.raises(KeyFileError, match=words) as problem:
        load_or_create(tmp_path)
    assert file in str(problem.value)
    assert (tmp_path / file).read_bytes() == content
