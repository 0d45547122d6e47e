"""The commonest things, each as one flow over the API's calls."""

from __future__ import annotations

import io
import json
import os
import zipfile
from typing import Any, Dict, Mapping, Optional, Tuple, Union

from .calls import Core, request
from .effects import Flow
from .errors import BatonError
from .messages import Call, File, Form
from .waiting import wait_until

#: An .apkg: its bytes, or where it is.
Package = Union[bytes, str, "os.PathLike[str]"]

_ENDED = ("completed", "failed", "cancelled")


def given(**values: Any) -> Dict[str, Any]:
    """The values that are there: None stands for the server's default."""
    return {name: value for name, value in values.items() if value is not None}


def has_ended(state: Mapping[str, Any]) -> bool:
    return state.get("status") in _ENDED


def chat(core: Core, message: str, **options: Any) -> Flow[Dict[str, Any]]:
    body = given(message=message, **options)
    envelope: Dict[str, Any] = yield from request(core, Call("POST /chat/v2/chat", body=body))
    data: Dict[str, Any] = envelope["data"]
    return data


def _insist(state: Dict[str, Any], what: str, code: str) -> Dict[str, Any]:
    """What completed. Raises ``BatonError`` for what failed or was cancelled."""
    if state.get("status") == "completed":
        return state
    raise BatonError(
        f"{what} is {state.get('status')}: {state.get('error') or 'no reason given'}", code=code, body=state
    )


def orchestrate(
    core: Core,
    prompt: str,
    user_id: str,
    session_id: Optional[str],
    domain: Optional[str],
    context: Optional[str],
    settings: Optional[Mapping[str, Any]],
    wait: bool,
    timeout: Optional[float],
) -> Flow[Dict[str, Any]]:
    if session_id is None:
        session = yield from request(core, Call("POST /api/sessions", body={"user_id": user_id}))
        session_id = session["_id"]
    thread_body = given(session_id=session_id, original_prompt=prompt, domain=domain, context=context)
    thread = yield from request(core, Call("POST /api/threads", body=thread_body))
    start_body = given(thread_id=thread["_id"], settings=settings)
    started: Dict[str, Any] = yield from request(core, Call("POST /api/orchestration/start", body=start_body))
    if not wait:
        return started
    look = Call("GET /api/orchestration/status/{id}", params={"id": started["orchestration_id"]})
    state = yield from wait_until(core, lambda: request(core, look), has_ended, timeout, "The orchestration")
    return _insist(state, "The orchestration", "orchestration_failed")


def spawn(core: Core, **body: Any) -> Flow[Dict[str, Any]]:
    spawned: Dict[str, Any] = yield from request(core, Call("POST /api/spawn", body=given(**body)))
    return spawned


def wait_for_agent(core: Core, agent_id: str, timeout: Optional[float]) -> Flow[Dict[str, Any]]:
    """The agent once it has ended, however it ended."""
    look = Call("GET /api/agent/{id}", params={"id": agent_id})
    state: Dict[str, Any] = yield from wait_until(
        core, lambda: request(core, look), has_ended, timeout, f"The agent {agent_id}"
    )
    return state


def spawn_agent(core: Core, body: Mapping[str, Any], wait: bool, timeout: Optional[float]) -> Flow[Dict[str, Any]]:
    spawned = yield from spawn(core, **body)
    if not wait:
        return spawned
    state = yield from wait_for_agent(core, spawned["agent_id"], timeout)
    return _insist(state, "The agent", "agent_failed")


def _read_package(package: Package) -> Tuple[bytes, str]:
    if isinstance(package, bytes):
        return package, "package.apkg"
    with open(package, "rb") as file:
        return file.read(), os.path.basename(os.fspath(package))


def _version_in(content: bytes) -> str:
    """The version that a package's manifest names."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            version = json.loads(archive.read("manifest.json")).get("version")
    except (zipfile.BadZipFile, KeyError, ValueError, AttributeError) as problem:
        raise BatonError(f"The package has no readable manifest.json: {problem}", code="invalid_call") from problem
    if not isinstance(version, str):
        raise BatonError("The manifest names no version; pass one.", code="invalid_call", field="version")
    return version


def deploy(
    core: Core,
    app_id: str,
    package: Package,
    version: Optional[str],
    release_notes: Optional[str],
    wait: bool,
    timeout: Optional[float],
) -> Flow[Dict[str, Any]]:
    content, name = _read_package(package)
    fields = given(version=version or _version_in(content), release_notes=release_notes)
    form = Form(fields, {"file": File(content, name, "application/zip")})
    operation = "POST /api/agent-apps/{id}/packages/deploy"
    queued = yield from request(core, Call(operation, params={"id": app_id}, body=form))
    look = Call("GET /api/deployments/{id}", params={"id": queued["deployment"]["id"]})

    def read() -> Flow[Dict[str, Any]]:
        body = yield from request(core, look)
        deployment: Dict[str, Any] = body["deployment"]
        return deployment

    if not wait:
        return (yield from read())
    state = yield from wait_until(core, read, has_ended, timeout, "The deployment")
    return _insist(state, "The deployment", "deployment_failed")


def invoke(
    core: Core, app_id: str, input: Any, mode: Optional[str], idempotency_key: Optional[str], timeout: float
) -> Flow[Dict[str, Any]]:
    body = {"input": input, **given(mode=mode)}
    operation = "POST /api/agent-apps/{id}/invoke"
    call = Call(operation, params={"id": app_id}, body=body, idempotency_key=idempotency_key, timeout=timeout)
    invoked: Dict[str, Any] = yield from request(core, call)
    return invoked
