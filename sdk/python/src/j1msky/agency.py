"""The blocking client of the agency. ``async_agency`` has the same with await."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Dict, List, Mapping, Optional, Type

from baton import Baton

from . import agents
from .agents import AgentResult


class Agent:
    """An agent that was started. ``estimated_cost`` is in US dollars."""

    def __init__(self, agency: Agency, spawned: Mapping[str, Any]) -> None:
        self._agency = agency
        self.agent_id: str = spawned["agent_id"]
        self.model: Optional[str] = spawned.get("model")
        self.team: Optional[str] = spawned.get("team")
        self.models: List[str] = list(spawned.get("models", []))
        self.status: str = spawned["status"]
        self.estimated_cost: float = float(spawned["estimated_cost"])

    def wait_for_completion(self, timeout: Optional[float] = None) -> AgentResult:
        """Its result, once there is one. Raises ``AgentFailedError``, and ``WaitTimeoutError`` after ``timeout`` s."""
        result = self._agency.wait(self.agent_id, timeout)
        self.status = "completed"
        return result

    def details(self) -> Dict[str, Any]:
        """The agent as it is now."""
        return self._agency.get_agent(self.agent_id)

    def cancel(self) -> Dict[str, Any]:
        """Ends it; the answer says what is given back."""
        return self._agency.cancel(self.agent_id)


class Agency:
    """Agents, alone and in teams. ``base_url`` is without /api. Options are those of ``baton.Baton``."""

    def __init__(self, api_key: Optional[str] = None, base_url: Optional[str] = None, **options: Any) -> None:
        self.baton = Baton(api_key, base_url, **options)

    def __enter__(self) -> Agency:
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def close(self) -> None:
        self.baton.close()

    def spawn(
        self,
        model: Optional[str] = None,
        task: str = "",
        priority: str = "normal",
        timeout: Optional[int] = None,
        privacy: Optional[Mapping[str, Any]] = None,
    ) -> Agent:
        """Starts an agent. Without a model the server chooses one; ``timeout`` is its time to work, in seconds."""
        body = {"model": model, "task": task, "priority": priority, "timeout": timeout, "privacy": privacy}
        return Agent(self, self.baton.transport.run(agents.call(self.baton.core, "POST /api/spawn", **body)))

    def spawn_team(
        self,
        team: str,
        task: str,
        priority: str = "normal",
        timeout: Optional[int] = None,
        privacy: Optional[Mapping[str, Any]] = None,
    ) -> Agent:
        """Starts a team such as ``team_coding``, which one agent id stands for."""
        body = {"team": team, "task": task, "priority": priority, "timeout": timeout, "privacy": privacy}
        return Agent(self, self.baton.transport.run(agents.call(self.baton.core, "POST /api/spawn-team", **body)))

    def get_agent(self, agent_id: str) -> Dict[str, Any]:
        return self.baton.transport.run(agents.details(self.baton.core, agent_id))

    def wait(self, agent_id: str, timeout: Optional[float] = None) -> AgentResult:
        """The result of an agent that was started before, by anyone."""
        return self.baton.transport.run(agents.wait(self.baton.core, agent_id, timeout))

    def list_agents(self, **query: Any) -> Dict[str, Any]:
        """A page: data, pagination, links, meta. Query: status, model, team, limit, offset, cursor, sort, filter."""
        return self.baton.transport.run(agents.listing(self.baton.core, query))

    def cancel(self, agent_id: str) -> Dict[str, Any]:
        """Ends an agent; the answer says what is given back."""
        return self.baton.transport.run(agents.cancel(self.baton.core, agent_id))
