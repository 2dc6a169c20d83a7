"""How is a coroutine finished where there is no event loop, nor a socket to make one with?"""

from collections.abc import Coroutine
from typing import Any, TypeVar

_T = TypeVar("_T")


def finish(work: Coroutine[Any, Any, _T]) -> _T:
    """Its answer. Raises RuntimeError where it would wait for something from outside."""
    try:
        work.send(None)
    except StopIteration as end:
        answer: _T = end.value
        return answer
    work.close()
    message = "an examination waits for something"
    raise RuntimeError(message)
