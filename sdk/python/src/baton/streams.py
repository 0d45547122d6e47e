"""The logic of event streams: one stream over as many connections as that takes. No network here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional

from .calls import Core, Prepared, exchange, prepare, refuse
from .effects import Close, Emit, Flow, NoAnswer, Read, Sleep
from .errors import ConnectionFailedError
from .messages import Call, Response, merge_headers
from .sse import EventParser

#: A server says something on an event stream every 15 s; one that is silent for so long is gone.
EVENTS_TIMEOUT = 45.0


@dataclass
class _Progress:
    """How far a stream was read: ``seen`` is the last event's id, ``count`` the events of this connection."""

    seen: Optional[str]
    count: int = 0
    retry: float = 0.0


def _is_repeat(given: Optional[str], seen: Optional[str]) -> bool:
    """Whether an event came before, on a connection that began anew."""
    if given is None or seen is None or not given.isdigit() or not seen.isdigit():
        return False
    return int(given) <= int(seen)


def _with(prepared: Prepared, name: str, value: str) -> Prepared:
    headers = merge_headers(prepared.request.headers, {name: value})
    return replace(prepared, request=replace(prepared.request, headers=headers))


def _read(response: Response, progress: _Progress) -> Flow[Optional[NoAnswer]]:
    """Emits the events of one connection that did not come before. Answers what broke it, if anything did."""
    parser = EventParser()
    start, progress.count = progress.seen, 0
    try:
        while True:
            chunk = yield Read(response)
            if chunk is None:
                return None
            for event in parser.feed(chunk):
                progress.retry = parser.retry or progress.retry
                if _is_repeat(event.id, start):
                    continue
                progress.seen = event.id or progress.seen
                progress.count += 1
                yield Emit(event)
    except NoAnswer as problem:
        return problem


def events(core: Core, call: Call) -> Flow[None]:
    """Emits the events of a stream, each once and in order.

    A connection that breaks is opened again behind the last event that came. So is one that ends, once: a server that
    is being replaced ends it early; a stream that is over then has nothing more.
    """
    timeout = EVENTS_TIMEOUT if call.timeout is None else call.timeout
    # A compressor on the way would hold events back until its buffer is full.
    prepared = _with(prepare(core, replace(call, timeout=timeout), "text/event-stream"), "accept-encoding", "identity")
    progress = _Progress(prepared.request.headers.get("last-event-id"))
    failures = 0
    while True:
        is_resumed = progress.seen is not None and prepared.is_read
        opened = _with(prepared, "last-event-id", progress.seen or "") if is_resumed else prepared
        response = yield from exchange(core, opened, is_stream=True)
        if response.status == 204:
            return
        if response.status >= 300:
            raise refuse(response)
        problem = yield from _read(response, progress)
        yield Close(response)
        if problem is None:
            if progress.count == 0 or progress.seen is None or not prepared.is_read:
                return
            continue
        failures = 1 if progress.count else failures + 1
        wait = core.retry.wait(failures - 1, None)
        if not prepared.is_repeatable or wait is None:
            message = f"The event stream of {prepared.path} broke off: {problem}"
            raise ConnectionFailedError(message, code="stream_cut") from problem
        yield Sleep(max(wait, progress.retry))
