"""Runs the same cases with the blocking client and with the one for asyncio."""

from __future__ import annotations

import asyncio
import unittest
from typing import Any, List

from baton import AsyncBaton, Baton, RetryPolicy

#: Quick, and without chance.
QUICK = RetryPolicy(base=0.001, rng=lambda: 0.0)


class SyncCase(unittest.TestCase):
    """``client`` makes a client, ``call`` waits for one of its methods, ``collect`` for all that it iterates over."""

    is_async = False

    def client(self, api_key: Any, url: str, **options: Any) -> Any:
        made = Baton(api_key, url, **{"retry": QUICK, **options})
        self.addCleanup(made.close)
        return made

    def call(self, method: Any, *args: Any, **options: Any) -> Any:
        return method(*args, **options)

    def collect(self, method: Any, *args: Any, **options: Any) -> List[Any]:
        return list(method(*args, **options))


class AsyncCase(unittest.TestCase):
    is_async = True

    def setUp(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.addCleanup(self.loop.close)

    def client(self, api_key: Any, url: str, **options: Any) -> Any:
        made = AsyncBaton(api_key, url, **{"retry": QUICK, **options})
        self.addCleanup(lambda: self.loop.run_until_complete(made.close()))
        return made

    def call(self, method: Any, *args: Any, **options: Any) -> Any:
        return self.loop.run_until_complete(method(*args, **options))

    def collect(self, method: Any, *args: Any, **options: Any) -> List[Any]:
        async def run() -> List[Any]:
            return [one async for one in method(*args, **options)]

        return self.loop.run_until_complete(run())
