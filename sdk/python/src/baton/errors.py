"""What goes wrong: one error for every refusal of the server, read from any of its error forms."""

from __future__ import annotations

import json
import time
from email.utils import parsedate_to_datetime
from typing import Any, Dict, Mapping, Optional, Type

_CODES = {
    400: "bad_request",
    401: "unauthorized",
    402: "payment_required",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    410: "gone",
    413: "payload_too_large",
    415: "unsupported_media_type",
    422: "validation_error",
    429: "rate_limited",
    503: "unavailable",
    504: "timeout",
}


class BatonError(Exception):
    """A call that failed: refused by the server (``status``), or never answered (``status`` 0).

    ``code`` is the server's own, else a stable name such as ``not_found``; ``field`` is the first field that was
    refused; ``retry_after`` is in seconds; ``body`` is the answer as it was read: parsed JSON, else text.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 0,
        code: str = "request_failed",
        request_id: Optional[str] = None,
        field: Optional[str] = None,
        retry_after: Optional[float] = None,
        body: Any = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code
        self.request_id = request_id
        self.field = field
        self.retry_after = retry_after
        self.body = body


class RateLimitError(BatonError):
    """The server answered 429: too many calls, or a budget is used up."""


class ServerError(BatonError):
    """The server answered 500 or more: it failed, or cannot answer now."""


class ConnectionFailedError(BatonError):
    """No answer came: nobody listens there, the connection broke, or it took too long."""


class CircuitOpenError(BatonError):
    """The server failed so often that it is not asked for ``retry_after`` seconds."""


class WaitTimeoutError(BatonError):
    """What was waited for had not ended in time. It goes on."""


class WebhookVerificationError(BatonError):
    """A web hook that was not signed with the secret, or too long ago."""


def _fields(value: Any) -> Dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> Optional[str]:
    return value if isinstance(value, str) and value else None


def _first_text(*values: Any) -> Optional[str]:
    return next((text for text in map(_text, values) if text), None)


def _first_field(entries: Any) -> Optional[str]:
    return _text(_fields(entries[0]).get("field")) if isinstance(entries, list) and entries else None


def read_retry_after(value: Optional[str], now: Optional[float] = None) -> Optional[float]:
    """Seconds in a ``Retry-After`` header (a number, or a date). Nothing when it says neither."""
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        at = parsedate_to_datetime(value).timestamp()
    except (TypeError, ValueError, IndexError):
        return None
    return max(0.0, at - (time.time() if now is None else now))


def read_json(content: bytes) -> Any:
    """Parsed JSON, else the text itself; nothing for no content."""
    text = content.decode("utf-8", "replace")
    if text == "":
        return None
    try:
        return json.loads(text)
    except ValueError:
        return text


def _field_of(frame: Dict[str, Any], inner: Dict[str, Any], details: Dict[str, Any]) -> Optional[str]:
    named = _first_text(details.get("field"), inner.get("field"), inner.get("param"), frame.get("field"))
    if named:
        return named
    listed = _first_field(frame.get("errors")) or _first_field(frame.get("details"))
    if listed:
        return listed
    # Details such as {"name": "Required field missing"} name each refused field by its key.
    return next((key for key, text in _fields(frame.get("details")).items() if isinstance(text, str)), None)


def _class_of(status: int) -> Type[BatonError]:
    if status == 429:
        return RateLimitError
    return ServerError if status >= 500 else BatonError


def read_error(status: int, headers: Mapping[str, str], content: bytes) -> BatonError:
    """The refusal in an answer, in whichever of the API's error forms it came."""
    body = read_json(content)
    frame = _fields(body)
    inner = _fields(frame.get("error"))
    details = _fields(inner.get("details")) or _fields(frame.get("details"))
    seconds = next(
        (s for s in (inner.get("retry_after"), details.get("retry_after")) if isinstance(s, (int, float))), None
    )
    asked = read_retry_after(headers.get("retry-after"))
    fallback = _CODES.get(status, "server_error" if status >= 500 else "request_failed")
    message = _first_text(inner.get("message"), frame.get("error"), frame.get("detail"), frame.get("message"))
    return _class_of(status)(
        message or f"The server answered {status}.",
        status=status,
        code=_first_text(inner.get("code"), frame.get("code"), inner.get("type")) or fallback,
        request_id=_first_text(
            headers.get("x-request-id"),
            inner.get("request_id"),
            frame.get("request_id"),
            _fields(frame.get("metadata")).get("request_id"),
        ),
        field=_field_of(frame, inner, details),
        retry_after=seconds if asked is None else asked,
        body=body,
    )
