"""The logic of calls: credentials, signatures, retries, the circuit breaker. No network here."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field, replace
from typing import Any, Callable, Optional

import httpx

from .breaker import CircuitBreaker
from .effects import Flow, NoAnswer, Read, Send, Sleep
from .errors import BatonError, ConnectionFailedError, read_error, read_retry_after
from .messages import VERSION, Call, Request, Response, encode_body, merge_headers, target_of
from .operations import accepts_idempotency_key
from .retry import RetryPolicy, is_retryable
from .signing import sign_request


@dataclass(frozen=True)
class Core:
    """Whom to call, as whom, and how patiently. ``timeout`` is in seconds, for each wait on the network."""

    base_url: str
    api_key: Optional[str]
    signing_secret: Optional[str] = None
    timeout: float = 120.0
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    breaker: CircuitBreaker = field(default_factory=CircuitBreaker)
    clock: Callable[[], float] = time.monotonic


@dataclass(frozen=True)
class Prepared:
    """A call whose bytes are settled: every attempt sends the same, except for its signature."""

    request: Request
    path: str
    is_read: bool
    has_key: bool

    @property
    def is_repeatable(self) -> bool:
        """Whether making it twice does nothing twice."""
        return self.is_read or self.has_key


def prepare(core: Core, call: Call, accept: str = "application/json") -> Prepared:
    method, path = target_of(call)
    content, kind = encode_body(call.body)
    key = call.idempotency_key
    if key is None and accepts_idempotency_key(call.operation):
        key = str(uuid.uuid4())
    headers = merge_headers(
        {
            "accept": accept,
            "user-agent": f"baton-python/{VERSION}",
            "authorization": f"Bearer {core.api_key}" if core.api_key else None,
            "content-type": kind,
            "idempotency-key": key,
        },
        call.headers,
    )
    timeout = core.timeout if call.timeout is None else call.timeout
    request = Request(method, core.base_url + path, headers, content, timeout)
    # A chat stream is a GET for the sake of browsers, but spends what a write does.
    is_read = method in ("GET", "HEAD", "OPTIONS") and not path.startswith("/chat/v2/stream")
    return Prepared(request, path, is_read, "idempotency-key" in headers)


def _signed(core: Core, prepared: Prepared) -> Request:
    request = prepared.request
    if not core.signing_secret:
        return request
    path = httpx.URL(request.url).raw_path.decode("ascii")
    signature = sign_request(core.signing_secret, request.method, path, request.content or b"")
    return replace(request, headers=merge_headers(request.headers, signature))


def _is_still_running(response: Response) -> bool:
    """Whether an earlier attempt of the same call, whose answer was lost, is still being worked on."""
    return response.status == 409 and b"Idempotency-Key is still running" in response.content


def _attempt(core: Core, prepared: Prepared, is_stream: bool) -> Flow[Response]:
    response: Response = yield Send(_signed(core, prepared), is_stream)
    if is_stream and response.status >= 300:
        chunks = []
        while True:
            chunk = yield Read(response)
            if chunk is None:
                break
            chunks.append(chunk)
        return Response(response.status, response.headers, b"".join(chunks))
    return response


def _attempts(core: Core, prepared: Prepared, is_stream: bool) -> Flow[Response]:
    """Attempts until one is final: its answer, whatever the status. Raises ``ConnectionFailedError`` without any."""
    attempt = 0
    while True:
        try:
            response = yield from _attempt(core, prepared, is_stream)
        except NoAnswer as problem:
            may_repeat = prepared.is_repeatable or not problem.was_sent
            wait = core.retry.wait(attempt, None) if may_repeat else None
            if wait is None:
                message = f"{prepared.request.method} {prepared.path} got no answer: {problem}"
                raise ConnectionFailedError(message, code="no_answer") from problem
        else:
            is_again = is_retryable(response.status, prepared.is_repeatable)
            if not is_again and not (attempt > 0 and _is_still_running(response)):
                return response
            asked = read_retry_after(response.headers.get("retry-after"))
            wait = core.retry.wait(attempt, asked)
            if wait is None:
                return response
        yield Sleep(wait)
        attempt += 1


def exchange(core: Core, prepared: Prepared, is_stream: bool = False) -> Flow[Response]:
    """A whole call behind the circuit breaker. A call that fails with all its attempts is one failure."""
    is_trial = core.breaker.enter()
    is_healthy: Optional[bool] = None
    try:
        response = yield from _attempts(core, prepared, is_stream)
        is_healthy = response.status < 500
        return response
    except ConnectionFailedError:
        is_healthy = False
        raise
    finally:
        core.breaker.leave(is_trial, is_healthy)


def refuse(response: Response) -> BatonError:
    return read_error(response.status, response.headers, response.content)


def answer(core: Core, call: Call) -> Flow[Response]:
    """The answer to a call. Raises ``BatonError`` for every status of 400 and more."""
    response = yield from exchange(core, prepare(core, call))
    if response.status >= 400:
        raise refuse(response)
    return response


def request(core: Core, call: Call) -> Flow[Any]:
    """The parsed body of the answer."""
    response = yield from answer(core, call)
    return response.body()


def raw(core: Core, call: Call) -> Flow[Response]:
    """The answer as it is, whatever its status."""
    return (yield from exchange(core, prepare(core, call, "*/*")))
