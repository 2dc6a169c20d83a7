"""How much of the time is left, for names, connecting, headers and body together?"""

import time
from collections.abc import Callable

from shop.plumbing.outbound.answers import Code, TooSlow

Monotonic = Callable[[], float]


class Deadline:
    """A moment on a clock that never goes back; tests move their own."""

    def __init__(self, seconds: float, monotonic: Monotonic = time.monotonic) -> None:
        self._monotonic = monotonic
        self._end = monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left, more than 0. Raises TooSlow when there are none."""
        left = self._end - self._monotonic()
        if left <= 0:
            raise TooSlow(Code.TOO_SLOW)
        return left
