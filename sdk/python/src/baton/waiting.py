"""The logic of whole lists and of waiting for work to end. No network here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Callable, Iterable, Mapping, Optional

from .calls import Core, request
from .effects import Emit, Flow, Sleep
from .errors import WaitTimeoutError
from .messages import Call
from .paging import first_query, items_of, next_query


def walk(core: Core, call: Call, is_by_item: bool) -> Flow[None]:
    """Emits every page of a list, or every item."""
    query: Optional[Mapping[str, Any]] = first_query(call.operation, call.query)
    while query is not None:
        body = yield from request(core, replace(call, query=query))
        found: Iterable[Any] = items_of(call.operation, body) if is_by_item else [body]
        for one in found:
            yield Emit(one)
        query = next_query(call.operation, query, body)


def wait_until(
    core: Core, read: Callable[[], Flow[Any]], is_over: Callable[[Any], bool], timeout: Optional[float], what: str
) -> Flow[Any]:
    """Reads again and again, less often the longer it takes, until it is over. ``timeout`` is in seconds."""
    started = core.clock()
    while True:
        state = yield from read()
        if is_over(state):
            return state
        elapsed = core.clock() - started
        if timeout is not None and elapsed >= timeout:
            raise WaitTimeoutError(f"{what} had not ended after {timeout:g} s.", code="wait_timeout", body=state)
        pause = min(max(0.2, elapsed * 0.2), 15.0)
        yield Sleep(pause if timeout is None else min(pause, max(0.0, timeout - elapsed)))
