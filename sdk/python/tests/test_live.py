"""Web hooks that the running app delivers, and event streams of it that are cut on the way."""

from __future__ import annotations

import asyncio
import json
import time
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, Dict, List, Tuple

from both import QUICK, SyncCase
from cutting_proxy import CuttingProxy
from running_app import KEY, URL, needs_app

from baton import AsyncBaton, Baton, WebhookVerificationError, verify_webhook


class Receiver:
    """A server that takes web hooks."""

    def __init__(self) -> None:
        self.received: List[Tuple[Dict[str, str], bytes]] = []
        received = self.received

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["content-length"]))
                received.append((dict(self.headers.items()), content))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                return None

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@needs_app
class DeliveredWebhooks(SyncCase):
    def test_what_the_app_delivers_is_verified_by_either_signature(self) -> None:
        receiver = Receiver()
        self.addCleanup(receiver.close)
        baton = self.client(KEY, URL)
        secret = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIz"
        hook = {"url": receiver.url, "events": ["agent.spawned"], "secret": secret}
        made = baton.request("POST /api/webhooks", body=hook)
        self.addCleanup(baton.request, "DELETE /api/webhooks/{id}", params={"id": made["webhook_id"]})
        spawned = baton.spawn_agent("Summarize the tides", model="k2p5", wait=True)
        headers, body = self.delivery_of(receiver, spawned["agent_id"])
        payload = verify_webhook(body, headers, secret)
        self.assertEqual(payload["event"], "agent.spawned")
        own = {name: value for name, value in headers.items() if name.lower().startswith("x-")}
        self.assertEqual(verify_webhook(body, own, secret), payload)
        for wrong in (own, headers):
            with self.assertRaises(WebhookVerificationError):
                verify_webhook(body + b" ", wrong, secret)

    def delivery_of(self, receiver: Receiver, agent_id: str) -> Tuple[Dict[str, str], bytes]:
        """The delivery about this agent; others of the organization come as well."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            for headers, body in list(receiver.received):
                if json.loads(body)["data"]["agent_id"] == agent_id:
                    return headers, body
            time.sleep(0.05)
        raise AssertionError("The web hook was not delivered within 20 s.")


@needs_app
class CutStreams(unittest.TestCase):
    def setUp(self) -> None:
        self.proxy = CuttingProxy(URL)
        self.addCleanup(self.proxy.close)
        with Baton(KEY, URL) as baton:
            spawned = baton.spawn_agent("Summarize the tides", model="k2p5")
            run_id = baton.request("GET /api/agent/{id}", params={"id": spawned["agent_id"]})["run_id"]
        self.operation = f"GET /api/runs/{run_id}/events"

    def check(self, cut: List[Tuple[str, str]]) -> None:
        with Baton(KEY, URL) as baton:
            whole = [(one.id, one.event) for one in baton.events(self.operation)]
        self.assertEqual(cut, whole)
        self.assertEqual(whole[-1][1], "run.completed")

    def test_a_run_is_followed_over_a_cut(self) -> None:
        got = []
        with Baton(KEY, self.proxy.url, retry=QUICK) as baton:
            for event in baton.events(self.operation):
                if not got:
                    self.proxy.cut()
                got.append((event.id, event.event))
        self.check(got)
        self.assertGreater(self.proxy.connections, 1)

    def test_a_run_is_followed_over_a_cut_with_asyncio(self) -> None:
        got = []

        async def run() -> None:
            async with AsyncBaton(KEY, self.proxy.url, retry=QUICK) as baton:
                async for event in baton.events(self.operation):
                    if not got:
                        self.proxy.cut()
                    got.append((event.id, event.event))

        asyncio.run(run())
        self.check(got)
        self.assertGreater(self.proxy.connections, 1)


if __name__ == "__main__":
    unittest.main()
