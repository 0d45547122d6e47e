"""The agency's client, under the name that its document gives it."""

from baton import BatonError, RateLimitError, ServerError, WaitTimeoutError

from .agency import Agency, Agent
from .agents import AgentFailedError, AgentResult
from .async_agency import AsyncAgency, AsyncAgent

__all__ = [
    "Agency",
    "Agent",
    "AgentFailedError",
    "AgentResult",
    "AsyncAgency",
    "AsyncAgent",
    "BatonError",
    "RateLimitError",
    "ServerError",
    "WaitTimeoutError",
]
