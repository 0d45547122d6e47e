"""Where a client finds its server and its key when nobody says."""

from __future__ import annotations

import os
from typing import Optional

from .breaker import CircuitBreaker
from .calls import Core
from .retry import RetryPolicy

DEFAULT_URL = "http://localhost:3000"


def make_core(
    api_key: Optional[str] = None,
    base_url: Optional[str] = None,
    signing_secret: Optional[str] = None,
    timeout: float = 120.0,
    retry: Optional[RetryPolicy] = None,
    breaker: Optional[CircuitBreaker] = None,
) -> Core:
    """What is not said comes from BATON_API_KEY and BATON_URL, else the server is the one on this machine."""
    url = (base_url or os.environ.get("BATON_URL") or DEFAULT_URL).rstrip("/")
    key = api_key or os.environ.get("BATON_API_KEY") or None
    return Core(url, key, signing_secret, timeout, retry or RetryPolicy(), breaker or CircuitBreaker())
