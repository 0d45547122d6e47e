"""Two ways to carry out effects with httpx: blocking, and with asyncio. Nothing is decided here."""

from __future__ import annotations

import asyncio
import ssl
import time
from functools import lru_cache
from typing import Any, AsyncIterator, Generator, List, Optional, TypeVar

import httpx

from .effects import Close, Done, Effect, Emit, Flow, Outcome, Read, Send, Sleep, advance, no_answer
from .messages import Request, Response

T = TypeVar("T")


class _Stream:
    """A streamed answer of httpx and the iterator over its content."""

    def __init__(self, response: httpx.Response, chunks: Any) -> None:
        self.response = response
        self.chunks = chunks


@lru_cache(maxsize=None)
def _trusted() -> ssl.SSLContext:
    # Reading the machine's certificates takes most of a client's beginning, so clients share them.
    return httpx.create_ssl_context()


def _timeout(request: Request) -> httpx.Timeout:
    return httpx.Timeout(request.timeout, connect=min(10.0, request.timeout))


def _follows(request: Request) -> bool:
    # Downloads lead to a link of the store; nothing else is ever sent elsewhere.
    return request.method == "GET"


class SyncTransport:
    """Carries flows out on the calling thread."""

    def __init__(self, http: Optional[httpx.Client] = None) -> None:
        self._is_own = http is None
        self._http = http or httpx.Client(verify=_trusted())

    def close(self) -> None:
        if self._is_own:
            self._http.close()

    def run(self, flow: Flow[T]) -> T:
        """The result of a flow that emits nothing."""
        steps = self.iterate(flow)
        while True:
            try:
                next(steps)
            except StopIteration as stop:
                result: T = stop.value
                return result

    def iterate(self, flow: Flow[T]) -> Generator[Any, None, T]:
        """What a flow emits. Ends what it opened when the reader stops."""
        opened: List[Response] = []
        outcome = Outcome()
        try:
            while True:
                effect = advance(flow, outcome)
                if isinstance(effect, Done):
                    result: T = effect.value
                    return result
                if isinstance(effect, Emit):
                    yield effect.item
                    outcome = Outcome()
                else:
                    outcome = self._outcome(effect, opened)
        finally:
            flow.close()
            for response in opened:
                response.stream.response.close()

    def _outcome(self, effect: Effect, opened: List[Response]) -> Outcome:
        try:
            return Outcome(self._perform(effect, opened))
        except httpx.HTTPError as error:
            return Outcome(failure=no_answer(error))

    def _perform(self, effect: Effect, opened: List[Response]) -> Any:
        if isinstance(effect, Send):
            return self._send(effect.request, effect.is_stream, opened)
        if isinstance(effect, Read):
            return next(effect.response.stream.chunks, None)
        if isinstance(effect, Close):
            opened.remove(effect.response)
            effect.response.stream.response.close()
        elif isinstance(effect, Sleep):
            time.sleep(effect.seconds)
        return None

    def _send(self, request: Request, is_stream: bool, opened: List[Response]) -> Response:
        built = self._http.build_request(
            request.method,
            request.url,
            headers=dict(request.headers),
            content=request.content,
            timeout=_timeout(request),
        )
        answer = self._http.send(built, stream=is_stream, follow_redirects=_follows(request))
        if not is_stream:
            return Response(answer.status_code, answer.headers, answer.content)
        response = Response(answer.status_code, answer.headers, stream=_Stream(answer, answer.iter_bytes()))
        opened.append(response)
        return response


class AsyncTransport:
    """Carries flows out on the running event loop of asyncio."""

    def __init__(self, http: Optional[httpx.AsyncClient] = None) -> None:
        self._is_own = http is None
        self._http = http or httpx.AsyncClient(verify=_trusted())

    async def close(self) -> None:
        if self._is_own:
            await self._http.aclose()

    async def run(self, flow: Flow[T]) -> T:
        """The result of a flow that emits nothing."""
        result: List[T] = []
        async for _ in self._steps(flow, result):
            pass
        return result[0]

    def iterate(self, flow: Flow[Any]) -> AsyncIterator[Any]:
        """What a flow emits. Ends what it opened when the reader stops."""
        return self._steps(flow, [])

    async def _steps(self, flow: Flow[T], result: List[T]) -> AsyncIterator[Any]:
        opened: List[Response] = []
        outcome = Outcome()
        try:
            while True:
                effect = advance(flow, outcome)
                if isinstance(effect, Done):
                    result.append(effect.value)
                    return
                if isinstance(effect, Emit):
                    yield effect.item
                    outcome = Outcome()
                else:
                    outcome = await self._outcome(effect, opened)
        finally:
            flow.close()
            for response in opened:
                await response.stream.response.aclose()

    async def _outcome(self, effect: Effect, opened: List[Response]) -> Outcome:
        try:
            return Outcome(await self._perform(effect, opened))
        except httpx.HTTPError as error:
            return Outcome(failure=no_answer(error))

    async def _perform(self, effect: Effect, opened: List[Response]) -> Any:
        if isinstance(effect, Send):
            return await self._send(effect.request, effect.is_stream, opened)
        if isinstance(effect, Read):
            try:
                return await effect.response.stream.chunks.__anext__()
            except StopAsyncIteration:
                return None
        if isinstance(effect, Close):
            opened.remove(effect.response)
            await effect.response.stream.response.aclose()
        elif isinstance(effect, Sleep):
            await asyncio.sleep(effect.seconds)
        return None

    async def _send(self, request: Request, is_stream: bool, opened: List[Response]) -> Response:
        built = self._http.build_request(
            request.method,
            request.url,
            headers=dict(request.headers),
            content=request.content,
            timeout=_timeout(request),
        )
        answer = await self._http.send(built, stream=is_stream, follow_redirects=_follows(request))
        if not is_stream:
            return Response(answer.status_code, answer.headers, answer.content)
        response = Response(answer.status_code, answer.headers, stream=_Stream(answer, answer.aiter_bytes()))
        opened.append(response)
        return response
