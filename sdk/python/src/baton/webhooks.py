"""Checks web hooks that a Baton server sent."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import time
from typing import Any, Mapping, Optional, Union

from .errors import WebhookVerificationError, read_json

_PREFIX = "whsec_"


def _refuse(code: str, message: str) -> WebhookVerificationError:
    return WebhookVerificationError(message, code=code)


def _key_of(secret: str) -> bytes:
    """The key of a Standard Webhooks signature: what follows ``whsec_``, else the secret's own bytes."""
    if not secret.startswith(_PREFIX):
        return secret.encode("utf-8")
    encoded = secret[len(_PREFIX) :].rstrip("=")
    try:
        return base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    except binascii.Error as problem:
        raise ValueError("A secret that starts with whsec_ goes on with base64.") from problem


def _check_time(text: Optional[str], tolerance: float, now: float) -> None:
    if text is None or not re.fullmatch(r"\d{1,12}", text):
        raise _refuse("missing_timestamp", "The web hook has no time stamp in Unix seconds.")
    if abs(now - int(text)) > tolerance:
        raise _refuse("stale", f"The web hook was signed more than {tolerance:g} s from now.")


def _is_one(expected: str, given: str) -> bool:
    return hmac.compare_digest(expected.encode("utf-8"), given.encode("utf-8"))


def verify_webhook(
    body: Union[bytes, str],
    headers: Mapping[str, str],
    secret: str,
    *,
    tolerance: float = 300.0,
    now: Optional[float] = None,
) -> Any:
    """The payload of a web hook, parsed, once its signature was found right.

    ``body`` must be the bytes as they came. With the headers of Standard Webhooks (``webhook-id``,
    ``webhook-timestamp``, ``webhook-signature``) these decide, else ``X-Webhook-Signature``, whose signature does not
    cover its time stamp. ``tolerance`` and ``now`` are in seconds (Unix time). Raises ``WebhookVerificationError`` with
    the code ``missing_signature``, ``missing_timestamp``, ``stale`` or ``bad_signature``.
    """
    if not secret:
        raise ValueError("A web hook cannot be checked without its secret.")
    content = body.encode("utf-8") if isinstance(body, str) else bytes(body)
    given = {name.lower(): value for name, value in headers.items()}
    moment = time.time() if now is None else now
    if "webhook-signature" in given:
        stamp = given.get("webhook-timestamp")
        _check_time(stamp, tolerance, moment)
        signed = f"{given.get('webhook-id', '')}.{stamp}.".encode() + content
        right = base64.b64encode(hmac.new(_key_of(secret), signed, hashlib.sha256).digest()).decode("ascii")
        # While a secret is being replaced there is a signature by each.
        matches = [_is_one(f"v1,{right}", one) for one in given["webhook-signature"].split()]
        is_right = any(matches)
    elif "x-webhook-signature" in given:
        _check_time(given.get("x-webhook-timestamp"), tolerance, moment)
        digest = hmac.new(secret.encode("utf-8"), content, hashlib.sha256).hexdigest()
        is_right = _is_one(f"sha256={digest}", given["x-webhook-signature"].strip())
    else:
        raise _refuse("missing_signature", "The web hook has no signature.")
    if not is_right:
        raise _refuse("bad_signature", "The web hook was not signed with this secret.")
    return read_json(content)
