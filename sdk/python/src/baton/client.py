"""The blocking client. ``async_client`` has the same with await."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Dict, Iterator, Mapping, Optional, Type

import httpx

from . import calls, comfort, streams, waiting
from .breaker import CircuitBreaker
from .comfort import Package, given
from .messages import Call, Response
from .retry import RetryPolicy
from .settings import make_core
from .sse import ServerEvent
from .transport import SyncTransport


class Baton:
    """A client of a Baton server, safe to share between threads.

    Every operation reads like ``"POST /api/agent-apps/{id}/invoke"``, with ``params`` for what stands in braces.
    Methods raise ``BatonError``. ``http`` is a client of your own (proxies, certificates); it is not closed here.
    """

    def __init__(
        self,
        api_key: Optional[str] = None,
        base_url: Optional[str] = None,
        *,
        signing_secret: Optional[str] = None,
        timeout: float = 120.0,
        retry: Optional[RetryPolicy] = None,
        breaker: Optional[CircuitBreaker] = None,
        http: Optional[httpx.Client] = None,
    ) -> None:
        self.core = make_core(api_key, base_url, signing_secret, timeout, retry, breaker)
        self.transport = SyncTransport(http)

    def __enter__(self) -> Baton:
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def close(self) -> None:
        self.transport.close()

    def request(
        self,
        operation: str,
        *,
        params: Optional[Mapping[str, Any]] = None,
        query: Optional[Mapping[str, Any]] = None,
        body: Any = None,
        headers: Optional[Mapping[str, str]] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> Any:
        """The parsed body of the answer. ``body`` is sent as JSON unless it is a ``Form`` or bytes."""
        call = Call(operation, params, query, body, headers, idempotency_key, timeout)
        return self.transport.run(calls.request(self.core, call))

    def raw(
        self,
        operation: str,
        *,
        params: Optional[Mapping[str, Any]] = None,
        query: Optional[Mapping[str, Any]] = None,
        body: Any = None,
        headers: Optional[Mapping[str, str]] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> Response:
        """The answer as it is, whatever its status, after the same retries."""
        call = Call(operation, params, query, body, headers, idempotency_key, timeout)
        return self.transport.run(calls.raw(self.core, call))

    def events(
        self,
        operation: str,
        *,
        params: Optional[Mapping[str, Any]] = None,
        query: Optional[Mapping[str, Any]] = None,
        body: Any = None,
        headers: Optional[Mapping[str, str]] = None,
        idempotency_key: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> Iterator[ServerEvent]:
        """The events of a stream (Server-Sent Events). A cut is mended behind the last event that came."""
        call = Call(operation, params, query, body, headers, idempotency_key, timeout)
        return self.transport.iterate(streams.events(self.core, call))

    def pages(
        self, operation: str, *, params: Optional[Mapping[str, Any]] = None, query: Optional[Mapping[str, Any]] = None
    ) -> Iterator[Any]:
        """The pages of a list, as the server sends them, to the end."""
        return self.transport.iterate(waiting.walk(self.core, Call(operation, params, query), is_by_item=False))

    def items(
        self, operation: str, *, params: Optional[Mapping[str, Any]] = None, query: Optional[Mapping[str, Any]] = None
    ) -> Iterator[Any]:
        """The items of a list, to the end."""
        return self.transport.iterate(waiting.walk(self.core, Call(operation, params, query), is_by_item=True))

    def chat(self, message: str, **options: Any) -> Dict[str, Any]:
        """An answer of the chat. Options: session_id, optimization_mode, swarm_type, use_memory, user_context."""
        return self.transport.run(comfort.chat(self.core, message, **options))

    def orchestrate(
        self,
        prompt: str,
        *,
        user_id: str = "python",
        session_id: Optional[str] = None,
        domain: Optional[str] = None,
        context: Optional[str] = None,
        settings: Optional[Mapping[str, Any]] = None,
        wait: bool = True,
        timeout: Optional[float] = 600.0,
    ) -> Dict[str, Any]:
        """Starts an orchestration in a thread of its own, and waits for it up to ``timeout`` seconds."""
        flow = comfort.orchestrate(self.core, prompt, user_id, session_id, domain, context, settings, wait, timeout)
        return self.transport.run(flow)

    def spawn_agent(
        self,
        task: str,
        *,
        model: Optional[str] = None,
        priority: Optional[str] = None,
        timeout: Optional[int] = None,
        privacy: Optional[Mapping[str, Any]] = None,
        wait: bool = False,
        wait_timeout: Optional[float] = None,
    ) -> Dict[str, Any]:
        """Starts an agent. With ``wait`` the agent once it completed. Times are in seconds."""
        body = given(task=task, model=model, priority=priority, timeout=timeout, privacy=privacy)
        return self.transport.run(comfort.spawn_agent(self.core, body, wait, wait_timeout))

    def deploy(
        self,
        app_id: str,
        package: Package,
        *,
        version: Optional[str] = None,
        release_notes: Optional[str] = None,
        wait: bool = True,
        timeout: Optional[float] = 600.0,
    ) -> Dict[str, Any]:
        """Uploads an .apkg and deploys it. The version is the manifest's unless said. Answers the deployment."""
        return self.transport.run(comfort.deploy(self.core, app_id, package, version, release_notes, wait, timeout))

    def invoke(
        self,
        app_id: str,
        input: Any,
        *,
        mode: Optional[str] = None,
        idempotency_key: Optional[str] = None,
        timeout: float = 600.0,
    ) -> Dict[str, Any]:
        """Calls the deployed version of an app."""
        return self.transport.run(comfort.invoke(self.core, app_id, input, mode, idempotency_key, timeout))

    def usage(self) -> Any:
        """Usage of the last 30 days against the 30 before."""
        return self.request("GET /api/usage/metrics")

    def quote(self, model: str, estimated_input: int, estimated_output: int, complexity: str, **options: Any) -> Any:
        """A price for a task of so many tokens. Options: segment, delivery_type."""
        tokens = given(estimated_input=estimated_input, estimated_output=estimated_output)
        return self.request(
            "POST /api/pricing/quote", body=given(model=model, complexity=complexity, **tokens, **options)
        )
