"""What the logic of a call asks of the outside.

The logic is written once, as generators; two transports carry it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generator, Optional, TypeVar, Union

import httpx

from .messages import Request, Response


@dataclass(frozen=True)
class Send:
    """Send a request. Answers a ``Response``, whose content is left to ``Read`` when ``is_stream``."""

    request: Request
    is_stream: bool = False


@dataclass(frozen=True)
class Read:
    """Wait for the next bytes of a streamed answer. Answers None at its end."""

    response: Response


@dataclass(frozen=True)
class Close:
    """Give a streamed answer up."""

    response: Response


@dataclass(frozen=True)
class Sleep:
    """Wait, in seconds."""

    seconds: float


@dataclass(frozen=True)
class Emit:
    """Hand something to whoever iterates."""

    item: Any


@dataclass(frozen=True)
class Done:
    """The logic has come to its end."""

    value: Any


Effect = Union[Send, Read, Close, Sleep, Emit]
T = TypeVar("T")
Flow = Generator[Effect, Any, T]


class NoAnswer(Exception):
    """The network failed. ``was_sent`` says whether the server may have got the request."""

    def __init__(self, message: str, was_sent: bool) -> None:
        super().__init__(message)
        self.was_sent = was_sent


@dataclass(frozen=True)
class Outcome:
    """What came of an effect."""

    value: Any = None
    failure: Optional[BaseException] = None


def advance(flow: Flow[Any], outcome: Outcome) -> Union[Effect, Done]:
    """The next effect, or the end. Raises what the logic raises."""
    try:
        if outcome.failure is not None:
            return flow.throw(outcome.failure)
        return flow.send(outcome.value)
    except StopIteration as stop:
        return Done(stop.value)


def no_answer(error: httpx.HTTPError) -> NoAnswer:
    """What a failure of httpx means for the caller."""
    never_sent = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
    return NoAnswer(str(error) or type(error).__name__, was_sent=not isinstance(error, never_sent))
