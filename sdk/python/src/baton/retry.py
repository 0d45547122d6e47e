"""When a call is made again, and after how long."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Callable, Optional


@dataclass(frozen=True)
class RetryPolicy:
    """``attempts_max`` counts the first attempt. Times are in seconds.

    A server that asks for a longer wait than ``wait_max`` is not waited for: the caller is told at once.
    """

    attempts_max: int = 5
    base: float = 1.0
    delay_max: float = 60.0
    jitter: float = 0.1
    wait_max: float = 60.0
    rng: Callable[[], float] = field(default=random.random, repr=False)

    def delay(self, attempt: int) -> float:
        """Seconds to wait after attempt ``attempt`` (0 is the first): min(base * 2^n, 60) and up to 10 % more."""
        seconds = min(self.base * 2.0 ** min(attempt, 30), self.delay_max)
        return seconds * (1 + self.jitter * self.rng())

    def wait(self, attempt: int, retry_after: Optional[float]) -> Optional[float]:
        """Seconds until the next attempt, never before ``retry_after``; nothing when there is to be none."""
        if attempt + 1 >= self.attempts_max or (retry_after or 0) > self.wait_max:
            return None
        return max(self.delay(attempt), retry_after or 0)


def is_retryable(status: int, is_repeatable: bool) -> bool:
    """Refusals before any work always, faults on the way only for calls that may be made twice."""
    return status in (429, 503) or (is_repeatable and status in (502, 504))
