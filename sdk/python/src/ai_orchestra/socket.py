"""The chat's socket: connects again with growing delays, whatever the installed version of ``websockets``."""

from __future__ import annotations

import asyncio
import json
import uuid
from typing import Any, AsyncIterator, Dict, Mapping, Optional
from urllib.parse import quote

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from baton.calls import Core
from baton.comfort import given
from baton.errors import BatonError, ConnectionFailedError, RateLimitError, ServerError, read_error

_STATUSES = {
    "VALIDATION_ERROR": 400,
    "AUTHENTICATION_ERROR": 401,
    "INSUFFICIENT_CREDITS": 402,
    "PERMISSION_ERROR": 403,
    "NOT_FOUND": 404,
    "CONFLICT": 409,
    "PAYLOAD_TOO_LARGE": 413,
    "RATE_LIMIT_ERROR": 429,
    "INTERNAL_ERROR": 500,
    "SERVICE_UNAVAILABLE": 503,
    "TIMEOUT_ERROR": 504,
}


#: Seconds to wait for a handshake and for a farewell, and how large a message may be.
_LIMITS: Dict[str, Any] = {"open_timeout": 10, "close_timeout": 2, "max_size": 2**24}


async def _open(url: str, headers: Mapping[str, str]) -> Any:
    try:
        # From version 13 on; older ones name the headers differently.
        from websockets.asyncio.client import connect
    except ImportError:
        from websockets import connect as legacy

        return await legacy(url, extra_headers=dict(headers), **_LIMITS)
    return await connect(url, additional_headers=dict(headers), **_LIMITS)


def _refusal(problem: InvalidHandshake) -> Optional[BatonError]:
    """The server's answer to a handshake, in any version of ``websockets``; nothing when it gave none."""
    response = getattr(problem, "response", None)
    status = getattr(response, "status_code", None) or getattr(problem, "status_code", None)
    if not status:
        return None
    given_headers = getattr(response, "headers", None) or getattr(problem, "headers", None) or {}
    headers = {name.lower(): value for name, value in given_headers.items()}
    return read_error(status, headers, getattr(response, "body", None) or b"")


def _error_in(data: Mapping[str, Any]) -> BatonError:
    """The failure in a ``control`` frame."""
    error = data.get("error") or {}
    details = error.get("details") or {}
    status = _STATUSES.get(str(error.get("code")), 500)
    kind = RateLimitError if status == 429 else ServerError if status >= 500 else BatonError
    return kind(
        error.get("message") or "The chat failed.",
        status=status,
        code=error.get("code") or "chat_failed",
        request_id=error.get("request_id"),
        field=details.get("field"),
        retry_after=details.get("retry_after"),
        body=dict(data),
    )


def _is_passing(error: BatonError) -> bool:
    return isinstance(error, ConnectionFailedError) or error.status in (429, 503)


class ChatSocket:
    """One session of the chat over a socket, for one reader at a time. The session outlives its connections."""

    def __init__(self, core: Core, session_id: Optional[str] = None, client_id: Optional[str] = None) -> None:
        self.session_id = session_id or str(uuid.uuid4())
        self.client_id = client_id or f"python-{uuid.uuid4().hex[:12]}"
        self._core = core
        self._socket: Any = None
        self._has_rest = False

    async def __aenter__(self) -> ChatSocket:
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes the connection. The session goes on."""
        if self._socket is not None:
            await self._drop(self._socket)

    async def _drop(self, socket: Any) -> None:
        if self._socket is socket:
            self._socket = None
            self._has_rest = False
        await socket.close()

    async def stream(self, message: str, **options: Any) -> AsyncIterator[str]:
        """The answer, piece by piece. Options: optimization_mode, swarm_type, use_memory, context.

        A connection that is lost before the first piece is made again and the message sent again; afterwards it is a
        ``ConnectionFailedError``, because another answer would not go on where this one broke off.
        """
        async for data in self._ask("stream", given(message=message, **options)):
            if not data.get("done"):
                yield data["token"]

    async def chat(self, message: str, **options: Any) -> Dict[str, Any]:
        """The whole answer, with what O1's data has. The same options."""
        return await self._ask_once("chat", given(message=message, **options))

    async def command(self, command: str) -> Any:
        """The result of ``help``, ``history``, ``clear`` or ``end``."""
        return (await self._ask_once("command", {"command": command})).get("result")

    async def status(self) -> Dict[str, Any]:
        """What the server knows of this connection."""
        return await self._ask_once("control", {"action": "status"})

    async def _ask_once(self, kind: str, data: Mapping[str, Any]) -> Dict[str, Any]:
        # To the end: a generator that is left early would take the connection with it.
        answers = [answer async for answer in self._ask(kind, data)]
        return answers[0]

    async def _ask(self, kind: str, data: Mapping[str, Any]) -> AsyncIterator[Dict[str, Any]]:
        attempt = 0
        while True:
            count = 0
            is_complete = False
            socket: Any = None
            try:
                socket = await self._connected()
                self._has_rest = True
                await socket.send(json.dumps({"type": kind, "data": data}))
                async for answer in self._answers(socket, kind, data):
                    count += 1
                    yield answer
                is_complete = True
                self._has_rest = False
                return
            except BatonError as error:
                wait = self._core.retry.wait(attempt, error.retry_after)
                if count > 0 or wait is None or not _is_passing(error):
                    raise
                await asyncio.sleep(wait)
                attempt += 1
            except (OSError, ConnectionClosed, asyncio.TimeoutError) as problem:
                wait = self._core.retry.wait(attempt, None)
                if count > 0 or wait is None:
                    raise ConnectionFailedError(
                        f"The chat's socket broke off: {problem}", code="stream_cut"
                    ) from problem
                await asyncio.sleep(wait)
                attempt += 1
            finally:
                if not is_complete and socket is not None:
                    await self._drop(socket)

    async def _answers(self, socket: Any, kind: str, asked: Mapping[str, Any]) -> AsyncIterator[Dict[str, Any]]:
        while True:
            frame = json.loads(await socket.recv())
            data: Dict[str, Any] = frame.get("data") or {}
            if frame.get("type") == "control" and data.get("action") == "error":
                raise _error_in(data)
            if frame.get("type") != kind or (kind == "control" and data.get("action") != asked.get("action")):
                continue
            yield data
            if kind != "stream" or data.get("done"):
                return

    async def _connected(self) -> Any:
        if self._socket is not None and self._has_rest:
            # Somebody stopped reading an answer; what is left of it is not the answer to the next message.
            await self._drop(self._socket)
        if self._socket is not None:
            return self._socket
        base = self._core.base_url.replace("http", "ws", 1)
        url = f"{base}/chat/ws/{quote(self.client_id, safe='')}/{quote(self.session_id, safe='')}"
        try:
            self._socket = await _open(url, {"Authorization": f"Bearer {self._core.api_key or ''}"})
        except InvalidHandshake as problem:
            refusal = _refusal(problem)
            raise refusal or ConnectionFailedError(f"No socket: {problem}", code="no_answer") from problem
        return self._socket
