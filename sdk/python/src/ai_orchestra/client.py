"""The chat's clients: blocking, and for asyncio. Both stream with ``async for``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, AsyncIterator, Dict, Mapping, Optional

from baton import AsyncBaton, Baton
from baton.calls import Core, answer
from baton.comfort import given
from baton.effects import Flow
from baton.messages import Call

from .socket import ChatSocket


@dataclass(frozen=True)
class ChatResponse:
    """An answer of the chat. ``quality_score`` is from 0 to 1, ``execution_time`` in seconds."""

    response: str
    session_id: str
    execution_mode: str
    quality_score: float
    execution_time: float
    metadata: Mapping[str, Any]
    request_id: Optional[str]


def _chat(core: Core, body: Mapping[str, Any]) -> Flow[ChatResponse]:
    reply = yield from answer(core, Call("POST /chat/v2/chat", body=given(**body)))
    envelope = reply.body()
    data: Dict[str, Any] = envelope["data"]
    return ChatResponse(
        data["response"],
        data["session_id"],
        data["execution_mode"],
        data["quality_score"],
        data["execution_time"],
        data["metadata"],
        envelope["metadata"]["request_id"],
    )


async def _stream(
    core: Core, message: str, session_id: Optional[str], options: Mapping[str, Any]
) -> AsyncIterator[str]:
    async with ChatSocket(core, session_id) as socket:
        async for token in socket.stream(message, **options):
            yield token


class Client:
    """The chat. ``base_url`` is the server's; what is not said comes from BATON_API_KEY and BATON_URL.

    Options are those of ``baton.Baton``. Methods raise ``baton.BatonError``.
    """

    def __init__(self, api_key: Optional[str] = None, base_url: Optional[str] = None, **options: Any) -> None:
        self.baton = Baton(api_key, base_url, **options)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def close(self) -> None:
        self.baton.close()

    def chat(
        self,
        message: str,
        session_id: Optional[str] = None,
        optimization_mode: str = "balanced",
        swarm_type: Optional[str] = None,
        use_memory: bool = False,
        user_context: Optional[Mapping[str, Any]] = None,
    ) -> ChatResponse:
        """The whole answer."""
        body = {
            "message": message,
            "session_id": session_id,
            "optimization_mode": optimization_mode,
            "swarm_type": swarm_type,
            "use_memory": use_memory,
            "user_context": user_context,
        }
        return self.baton.transport.run(_chat(self.baton.core, body))

    def stream_chat(self, message: str, session_id: Optional[str] = None, **options: Any) -> AsyncIterator[str]:
        """The answer, piece by piece. Options: optimization_mode, swarm_type, use_memory, context."""
        return _stream(self.baton.core, message, session_id, options)

    def socket(self, session_id: Optional[str] = None, client_id: Optional[str] = None) -> ChatSocket:
        """A session over a socket, for several messages: ``async with client.socket() as chat: ...``."""
        return ChatSocket(self.baton.core, session_id, client_id)


class AsyncClient:
    """The same for asyncio."""

    def __init__(self, api_key: Optional[str] = None, base_url: Optional[str] = None, **options: Any) -> None:
        self.baton = AsyncBaton(api_key, base_url, **options)

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self.close()

    async def close(self) -> None:
        await self.baton.close()

    async def chat(
        self,
        message: str,
        session_id: Optional[str] = None,
        optimization_mode: str = "balanced",
        swarm_type: Optional[str] = None,
        use_memory: bool = False,
        user_context: Optional[Mapping[str, Any]] = None,
    ) -> ChatResponse:
        """The whole answer."""
        body = {
            "message": message,
            "session_id": session_id,
            "optimization_mode": optimization_mode,
            "swarm_type": swarm_type,
            "use_memory": use_memory,
            "user_context": user_context,
        }
        return await self.baton.transport.run(_chat(self.baton.core, body))

    def stream_chat(self, message: str, session_id: Optional[str] = None, **options: Any) -> AsyncIterator[str]:
        """The answer, piece by piece. Options: optimization_mode, swarm_type, use_memory, context."""
        return _stream(self.baton.core, message, session_id, options)

    def socket(self, session_id: Optional[str] = None, client_id: Optional[str] = None) -> ChatSocket:
        """A session over a socket, for several messages."""
        return ChatSocket(self.baton.core, session_id, client_id)
