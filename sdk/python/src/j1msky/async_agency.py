"""The client of the agency for asyncio: the same as ``agency``, with await."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Dict, List, Mapping, Optional, Type

from baton import AsyncBaton

from . import agents
from .agents import AgentResult


class AsyncAgent:
    """An agent that was started. ``estimated_cost`` is in US dollars."""

    def __init__(self, agency: AsyncAgency, spawned: Mapping[str, Any]) -> None:
        self._agency = agency
        self.agent_id: str = spawned["agent_id"]
        self.model: Optional[str] = spawned.get("model")
        self.team: Optional[str] = spawned.get("team")
        self.models: List[str] = list(spawned.get("models", []))
        self.status: str = spawned["status"]
        self.estimated_cost: float = float(spawned["estimated_cost"])

    async def wait_for_completion(self, timeout: Optional[float] = None) -> AgentResult:
        """Its result, once there is one. Raises ``AgentFailedError``, and ``WaitTimeoutError`` after ``timeout`` s."""
        result = await self._agency.wait(self.agent_id, timeout)
        self.status = "completed"
        return result

    async def details(self) -> Dict[str, Any]:
        """The agent as it is now."""
        return await self._agency.get_agent(self.agent_id)

    async def cancel(self) -> Dict[str, Any]:
        """Ends it; the answer says what is given back."""
        return await self._agency.cancel(self.agent_id)


class AsyncAgency:
    """Agents, alone and in teams. ``base_url`` is without /api. Options are those of ``baton.AsyncBaton``."""

    def __init__(self, api_key: Optional[str] = None, base_url: Optional[str] = None, **options: Any) -> None:
        self.baton = AsyncBaton(api_key, base_url, **options)

    async def __aenter__(self) -> AsyncAgency:
        return self

    async def __aexit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self.baton.close()

    async def spawn(
        self,
        model: Optional[str] = None,
        task: str = "",
        priority: str = "normal",
        timeout: Optional[int] = None,
        privacy: Optional[Mapping[str, Any]] = None,
    ) -> AsyncAgent:
        """Starts an agent. Without a model the server chooses one; ``timeout`` is its time to work, in seconds."""
        body = {"model": model, "task": task, "priority": priority, "timeout": timeout, "privacy": privacy}
        return AsyncAgent(self, await self.baton.transport.run(agents.call(self.baton.core, "POST /api/spawn", **body)))

    async def spawn_team(
        self,
        team: str,
        task: str,
        priority: str = "normal",
        timeout: Optional[int] = None,
        privacy: Optional[Mapping[str, Any]] = None,
    ) -> AsyncAgent:
        """Starts a team such as ``team_coding``, which one agent id stands for."""
        body = {"team": team, "task": task, "priority": priority, "timeout": timeout, "privacy": privacy}
        return AsyncAgent(
            self, await self.baton.transport.run(agents.call(self.baton.core, "POST /api/spawn-team", **body))
        )

    async def get_agent(self, agent_id: str) -> Dict[str, Any]:
        return await self.baton.transport.run(agents.details(self.baton.core, agent_id))

    async def wait(self, agent_id: str, timeout: Optional[float] = None) -> AgentResult:
        """The result of an agent that was started before, by anyone."""
        return await self.baton.transport.run(agents.wait(self.baton.core, agent_id, timeout))

    async def list_agents(self, **query: Any) -> Dict[str, Any]:
        """A page: data, pagination, links, meta. Query: status, model, team, limit, offset, cursor, sort, filter."""
        return await self.baton.transport.run(agents.listing(self.baton.core, query))

    async def cancel(self, agent_id: str) -> Dict[str, Any]:
        """Ends an agent; the answer says what is given back."""
        return await self.baton.transport.run(agents.cancel(self.baton.core, agent_id))
