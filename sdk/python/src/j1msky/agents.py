"""What agents answer, and the logic of waiting for them: shared by the blocking client and the one for asyncio."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional

from baton import comfort
from baton.calls import Core, request
from baton.effects import Flow
from baton.errors import BatonError
from baton.messages import Call

_ITEM = re.compile(r"^\s*(?:[-*+\u2022]|\d+[.)])\s+(.+?)\s*$")


class AgentFailedError(BatonError):
    """The agent failed or was cancelled; ``body`` is the agent."""


@dataclass(frozen=True)
class AgentResult:
    """What an agent came to. ``cost`` is in US dollars."""

    agent_id: str
    output: str
    cost: float
    model: str
    details: Mapping[str, Any]

    @property
    def summary(self) -> str:
        """The first paragraph of the output."""
        paragraphs = (part.strip() for part in re.split(r"\n\s*\n", self.output))
        return next((part for part in paragraphs if part), "")

    @property
    def issues(self) -> List[str]:
        """The items of the lists in the output."""
        found = (_ITEM.match(line) for line in self.output.splitlines())
        return [match.group(1) for match in found if match]


def wait(core: Core, agent_id: str, timeout: Optional[float]) -> Flow[AgentResult]:
    state = yield from comfort.wait_for_agent(core, agent_id, timeout)
    if state["status"] != "completed":
        reason = state.get("error") or "no reason given"
        raise AgentFailedError(
            f"The agent {agent_id} is {state['status']}: {reason}", code=f"agent_{state['status']}", body=state
        )
    return AgentResult(agent_id, state.get("result") or "", float(state["cost"]), state["model"], state)


def call(core: Core, operation: str, **body: Any) -> Flow[Dict[str, Any]]:
    """A write; what is None is left to the server."""
    made: Dict[str, Any] = yield from request(core, Call(operation, body=comfort.given(**body)))
    return made


def cancel(core: Core, agent_id: str) -> Flow[Dict[str, Any]]:
    ended: Dict[str, Any] = yield from request(core, Call("DELETE /api/agent/{id}", params={"id": agent_id}))
    return ended


def details(core: Core, agent_id: str) -> Flow[Dict[str, Any]]:
    state: Dict[str, Any] = yield from request(core, Call("GET /api/agent/{id}", params={"id": agent_id}))
    return state


def listing(core: Core, query: Mapping[str, Any]) -> Flow[Dict[str, Any]]:
    page: Dict[str, Any] = yield from request(core, Call("GET /api/agents", query=query))
    return page
