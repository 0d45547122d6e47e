"""Clients of a Baton server."""

from .async_client import AsyncBaton
from .breaker import CircuitBreaker
from .client import Baton
from .errors import (
    BatonError,
    CircuitOpenError,
    ConnectionFailedError,
    RateLimitError,
    ServerError,
    WaitTimeoutError,
    WebhookVerificationError,
)
from .messages import VERSION as __version__
from .messages import File, Form, Response
from .retry import RetryPolicy
from .signing import sign_request
from .sse import ServerEvent
from .webhooks import verify_webhook

__all__ = [
    "AsyncBaton",
    "Baton",
    "BatonError",
    "CircuitBreaker",
    "CircuitOpenError",
    "ConnectionFailedError",
    "File",
    "Form",
    "RateLimitError",
    "Response",
    "RetryPolicy",
    "ServerError",
    "ServerEvent",
    "WaitTimeoutError",
    "WebhookVerificationError",
    "__version__",
    "sign_request",
    "verify_webhook",
]
