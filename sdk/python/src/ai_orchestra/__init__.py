"""The chat's client, under the name that its document gives it."""

from baton import BatonError

from .client import AsyncClient, ChatResponse, Client
from .socket import ChatSocket

__all__ = ["AsyncClient", "BatonError", "ChatResponse", "ChatSocket", "Client"]
