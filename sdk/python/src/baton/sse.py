"""Reads Server-Sent Events from bytes as they come."""

from __future__ import annotations

import codecs
import json
from dataclasses import dataclass
from typing import Any, List, Optional


@dataclass(frozen=True)
class ServerEvent:
    """One event. ``id`` is None when it has none of its own; ``data`` is parsed JSON, else text."""

    id: Optional[str]
    event: str
    data: Any


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


class EventParser:
    """Takes the bytes of one stream in pieces of any size; a piece may end anywhere, even within a character."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._rest = ""
        self._id: Optional[str] = None
        self._event = ""
        self._data: List[str] = []
        #: Seconds the server wants a reader to wait before it connects again.
        self.retry: Optional[float] = None

    def feed(self, chunk: bytes) -> List[ServerEvent]:
        """The events that this piece completes."""
        text = self._rest + self._decoder.decode(chunk)
        # A carriage return at the end may be the first half of a line end.
        held = text[-1:] if text.endswith("\r") else ""
        lines = text[: len(text) - len(held)].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._rest = lines.pop() + held
        events = [self._take(line) for line in lines]
        return [event for event in events if event]

    def _take(self, line: str) -> Optional[ServerEvent]:
        if line == "":
            return self._dispatch()
        name, _, value = line.partition(":")
        value = value[1:] if value.startswith(" ") else value
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isdigit():
            self.retry = int(value) / 1000
        return None

    def _dispatch(self) -> Optional[ServerEvent]:
        event = ServerEvent(self._id, self._event or "message", _parse("\n".join(self._data))) if self._data else None
        self._id, self._event, self._data = None, "", []
        return event
