"""Stops calling a server that keeps failing."""

from __future__ import annotations

import threading
import time
from typing import Callable, Optional

from .errors import CircuitOpenError


class CircuitBreaker:
    """Opens after five calls in a row that failed for good, with their retries. After 60 s one call may try.

    That call closes the circuit when it succeeds, and opens it again when it fails. Safe to share between threads.
    """

    def __init__(
        self, failures_max: int = 5, open_seconds: float = 60.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._failures_max = failures_max
        self._open_seconds = open_seconds
        self._clock = clock
        self._failures = 0
        self._opened_at: Optional[float] = None
        self._is_trying = False
        self._lock = threading.Lock()

    @property
    def state(self) -> str:
        """``closed``, ``open`` or ``half-open``."""
        if self._opened_at is None:
            return "closed"
        return "half-open" if self._clock() - self._opened_at >= self._open_seconds else "open"

    def enter(self) -> bool:
        """Before a call. Says whether it is the one that tries. Raises ``CircuitOpenError`` while it is open."""
        with self._lock:
            state = self.state
            if state == "closed":
                return False
            if state == "open" or self._is_trying:
                left = self._open_seconds - (self._clock() - (self._opened_at or 0))
                raise CircuitOpenError(
                    f"The server failed {self._failures} times in a row; it is not asked again for now.",
                    code="circuit_open",
                    retry_after=max(0.0, left),
                )
            self._is_trying = True
            return True

    def leave(self, is_trial: bool, is_healthy: Optional[bool]) -> None:
        """After a call. ``is_healthy`` is None when nobody knows, such as after an interruption."""
        with self._lock:
            if is_trial:
                self._is_trying = False
            if is_healthy:
                self._failures = 0
                self._opened_at = None
            elif is_healthy is False:
                self._failures += 1
                if self._failures >= self._failures_max:
                    self._opened_at = self._clock()
