"""Requests and answers as plain values, and the bodies they carry."""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional, Tuple
from urllib.parse import quote, urlencode

import httpx

from .errors import BatonError, read_json

VERSION = "2.0.0"
_OPERATION = re.compile(r"(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (/\S*)")


@dataclass(frozen=True)
class File:
    """A file in a form."""

    content: bytes
    name: str = "file"
    content_type: str = "application/octet-stream"


@dataclass(frozen=True)
class Form:
    """A ``multipart/form-data`` body."""

    fields: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, File] = field(default_factory=dict)


@dataclass(frozen=True)
class Request:
    """One attempt of a call, ready to be sent. ``timeout`` is in seconds, for each wait on the network."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: Optional[bytes]
    timeout: float


@dataclass(eq=False)
class Response:
    """An answer. ``stream`` is set while its content is still to be read."""

    status: int
    headers: httpx.Headers
    content: bytes = b""
    stream: Any = None

    @property
    def request_id(self) -> Optional[str]:
        """The id under which the server logged the call."""
        found: Optional[str] = self.headers.get("x-request-id")
        return found

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    def body(self) -> Any:
        """Parsed JSON, else text, else bytes; nothing for no content."""
        kind = self.headers.get("content-type", "").lower()
        if not self.content:
            return None
        if re.search(r"[/+]json\b", kind):
            return read_json(self.content)
        return self.text if kind.startswith("text/") else self.content


@dataclass(frozen=True)
class Call:
    """A call as its caller described it."""

    operation: str
    params: Optional[Mapping[str, Any]] = None
    query: Optional[Mapping[str, Any]] = None
    body: Any = None
    headers: Optional[Mapping[str, str]] = None
    idempotency_key: Optional[str] = None
    timeout: Optional[float] = None


def _refuse(message: str, name: Optional[str] = None) -> BatonError:
    return BatonError(message, code="invalid_call", field=name)


def _query_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value) if isinstance(value, dict) else str(value)


def target_of(call: Call) -> Tuple[str, str]:
    """Method and path, with its query. Parameters are escaped, so that none can lead to another path.

    Raises ``BatonError`` (``invalid_call``) when one is missing, empty, ``.`` or ``..``.
    """
    match = _OPERATION.fullmatch(call.operation)
    if not match:
        raise _refuse(f'An operation reads like "GET /api/agents"; this was {call.operation!r}.')
    params = call.params or {}

    def fill(found: re.Match[str]) -> str:
        name = found.group(2)
        value = str(params.get(name, ""))
        if value in ("", ".", ".."):
            raise _refuse(f"{call.operation} needs params[{name!r}].", f"params.{name}")
        # A name such as {...model} stands for several segments.
        return quote(value, safe="/" if found.group(1) else "")

    path = re.sub(r"\{(\.\.\.)?([^}]+)\}", fill, match.group(2))
    pairs: List[Tuple[str, str]] = []
    for name, value in (call.query or {}).items():
        values = value if isinstance(value, (list, tuple)) else [value]
        pairs.extend((name, _query_text(one)) for one in values if one is not None)
    if pairs:
        path += ("&" if "?" in path else "?") + urlencode(pairs, quote_via=quote)
    return match.group(1), path


def _quoted(text: str) -> str:
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _multipart(form: Form) -> Tuple[bytes, str]:
    boundary = f"baton-{secrets.token_hex(16)}"
    parts: List[bytes] = []

    def add(head: str, content: bytes) -> None:
        parts.append(f"--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content)

    for name, text in form.fields.items():
        add(f'name="{_quoted(name)}"', text.encode("utf-8"))
    for name, file in form.files.items():
        names = f'name="{_quoted(name)}"; filename="{_quoted(file.name)}"'
        add(f"{names}\r\nContent-Type: {file.content_type}", file.content)
    content = b"\r\n".join([*parts, f"--{boundary}--\r\n".encode("ascii")])
    return content, f"multipart/form-data; boundary={boundary}"


def encode_body(body: Any) -> Tuple[Optional[bytes], Optional[str]]:
    """A body's bytes and content type: JSON, unless it is a form or bytes."""
    if body is None:
        return None, None
    if isinstance(body, Form):
        return _multipart(body)
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(body), "application/octet-stream"
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8"), "application/json"


def merge_headers(*parts: Optional[Mapping[str, Optional[str]]]) -> Dict[str, str]:
    """Headers of which later ones win, whatever their case; None stands for no such header."""
    merged: Dict[str, str] = {}
    for part in parts:
        for name, value in (part or {}).items():
            if value is not None:
                merged[name.lower()] = value
    return merged
