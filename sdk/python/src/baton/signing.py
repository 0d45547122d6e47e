"""Signatures of requests, for keys that were made with ``signing``."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timezone
from typing import Dict, Optional, Union


def sign_request(
    secret: str, method: str, path: str, body: Union[bytes, str] = b"", now: Optional[datetime] = None
) -> Dict[str, str]:
    """The headers of a signed request: hex HMAC-SHA-256 of ``<timestamp>\\n<METHOD>\\n<path>\\n<body>``.

    ``path`` is the path as requested, with its query; ``body`` the exact bytes that are sent.
    """
    moment = (now or datetime.now(timezone.utc)).astimezone(timezone.utc)
    # A signature is taken once only, so each gets a fraction of a second of its own.
    fraction = f"{moment.microsecond // 1000:03d}{secrets.randbelow(1_000_000):06d}"
    timestamp = f"{moment.strftime('%Y-%m-%dT%H:%M:%S')}.{fraction}Z"
    content = body.encode("utf-8") if isinstance(body, str) else body
    message = f"{timestamp}\n{method.upper()}\n{path}\n".encode() + content
    digest = hmac.new(secret.encode("utf-8"), message, hashlib.sha256).hexdigest()
    return {"X-Timestamp": timestamp, "X-Signature": digest}
