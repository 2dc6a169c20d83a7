import subprocess
import sys

import pytest

from shop.plumbing.spool import Spool

LEAVE = """
import sys
from pathlib import Path
from shop.plumbing.spool import Spool
for number in range(200):
    assert Spool(Path(sys.argv[1])).leave(f"{sys.argv[2]}x{number}")
"""


def taken(spool):
    with spool.taken() as words:
        return words


def test_word_is_taken_once_however_often_it_was_left(tmp_path):
    spool = Spool(tmp_path / "clicks")
    assert taken(spool) == frozenset()
    for word in ("a1", "b2", "a1"):
        assert spool.leave(word)
    assert taken(spool) == {"a1", "b2"}
    assert taken(spool) == frozenset()


def test_what_is_not_dealt_with_is_taken_again(tmp_path):
    spool = Spool(tmp_path / "clicks")
    spool.leave("a1")
    with pytest.raises(RuntimeError), spool.taken():
        raise RuntimeError
    spool.leave("b2")
    assert taken(spool) == {"a1"}
    assert taken(spool) == {"b2"}


@pytest.mark.parametrize("word", ["", "a b", "a\n", "../x", "A", "a" * 41])
def test_only_plain_words_are_left(tmp_path, word):
    with pytest.raises(ValueError, match="no word"):
        Spool(tmp_path / "clicks").leave(word)


def test_garbage_in_the_file_is_no_word(tmp_path):
    (tmp_path / "clicks").write_bytes(b"a1\n\xff\x00\nnot a word\nb2")
    assert taken(Spool(tmp_path / "clicks")) == {"a1", "b2"}


def test_words_that_nobody_takes_do_not_fill_the_disk(tmp_path):
    path = tmp_path / "clicks"
    path.write_bytes(b"a1\n" * 400_000)
    assert not Spool(path).leave("b2")
    assert path.stat().st_size == 1_200_000


def test_where_nothing_can_be_written_the_caller_goes_on(tmp_path):
    assert not Spool(tmp_path / "no" / "folder").leave("a1")


def test_processes_leave_whole_words(tmp_path):
    command = [sys.executable, "-c", LEAVE, str(tmp_path / "clicks")]
    running = [
        subprocess.Popen([*command, name])  # noqa: S603 - our own script
        for name in "abc"
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert taken(Spool(tmp_path / "clicks")) == {f"{n}x{k}" for n in "abc" for k in range(200)}
