"""Every surface against the running app, blocking and with asyncio."""

from __future__ import annotations

import unittest
import uuid
from typing import Any

from both import AsyncCase, SyncCase
from running_app import KEY, URL, apkg, make_key, needs_app, new_organization

from baton import BatonError, WaitTimeoutError, sign_request

MANIFEST = {"name": "greeter", "version": "1.0.0", "instructions": "Greet whoever is named in the input."}


class Cases:
    def baton(self: Any, key: str = KEY, **options: Any) -> Any:
        return self.client(key, URL, **options)

    def failure(self: Any, operation: str, key: str = KEY, **options: Any) -> BatonError:
        with self.assertRaises(BatonError) as caught:
            self.call(self.baton(key).request, operation, **options)
        return caught.exception

    def test_chat_answers_and_keeps_the_session(self: Any) -> None:
        session = f"s-{uuid.uuid4()}"
        reply = self.call(self.baton().chat, "What is a tide?", session_id=session, optimization_mode="lite")
        self.assertEqual((reply["session_id"], reply["execution_mode"]), (session, "single"))
        history = self.call(
            self.baton().request, "GET /chat/v2/sessions/{session_id}/history", params={"session_id": session}
        )
        self.assertEqual([turn["role"] for turn in history["data"]["turns"]], ["user", "assistant"])
        self.assertEqual(history["data"]["turns"][1]["content"], reply["response"])

    def test_a_chat_stream_is_the_answer_in_pieces(self: Any) -> None:
        query = {"message": "What is a tide?", "optimization_mode": "lite"}
        *pieces, last = self.collect(self.baton().events, "GET /chat/v2/stream", query=query)
        self.assertTrue(last.data["data"]["done"])
        self.assertEqual("".join(one.data["data"]["token"] for one in pieces), last.data["data"]["response"])

    def test_an_orchestration_is_started_and_waited_for(self: Any) -> None:
        settings = {"max_iterations": 2, "evaluation_threshold": 5}
        done = self.call(self.baton().orchestrate, "Explain tides", domain="science", settings=settings)
        self.assertEqual(done["status"], "completed")
        self.assertIn(done["iterations"], (1, 2))
        self.assertTrue(done["final_response"])

    def test_an_agent_is_spawned_waited_for_and_followed(self: Any) -> None:
        baton = self.baton()
        with self.assertRaises(WaitTimeoutError):
            self.call(baton.spawn_agent, "Summarize the tides", model="k2p5", wait=True, wait_timeout=0)
        done = self.call(baton.spawn_agent, "Summarize the tides", model="k2p5", wait=True)
        self.assertEqual((done["status"], done["model"]), ("completed", "k2p5"))
        self.assertTrue(done["result"])
        events = self.collect(baton.events, "GET /api/runs/{id}/events", params={"id": done["run_id"]})
        self.assertEqual(events[-1].event, "run.completed")
        ids = [int(one.id) for one in events]
        self.assertEqual(ids, sorted(set(ids)))
        later = self.collect(
            baton.events, f"GET /api/runs/{done['run_id']}/events", headers={"Last-Event-ID": str(ids[0])}
        )
        self.assertEqual([one.id for one in later], [one.id for one in events[1:]])

    def test_a_package_is_deployed_and_invoked_once_for_each_key(self: Any) -> None:
        baton = self.baton()
        app = self.call(baton.request, "POST /api/agent-apps", body={"name": "Greeter"})["app"]
        deployment = self.call(baton.deploy, app["id"], apkg(MANIFEST), release_notes="First")
        self.assertEqual(
            (deployment["status"], deployment["version"], deployment["is_current"]), ("completed", "1.0.0", True)
        )
        key = str(uuid.uuid4())
        answer = self.call(baton.invoke, app["id"], {"name": "Ada"}, idempotency_key=key)
        self.assertEqual((answer["package_version"], answer["credits_used"]), ("1.0.0", 10))
        again = self.call(baton.invoke, app["id"], {"name": "Ada"}, idempotency_key=key)
        self.assertEqual(again["run_id"], answer["run_id"])
        listed = self.collect(baton.items, "GET /api/agent-apps/{id}/invocations", params={"id": app["id"]})
        self.assertEqual([one["run_id"] for one in listed], [answer["run_id"]])
        params = {"id": app["id"]}
        events = self.collect(
            baton.events, "POST /api/agent-apps/{id}/invoke", params=params, body={"input": {"name": "Bo"}}
        )
        self.assertEqual(events[-1].event, "result")
        self.assertEqual(events[-1].data["package_version"], "1.0.0")
        with self.assertRaises(BatonError) as caught:
            self.call(baton.deploy, app["id"], apkg(MANIFEST))
        self.assertEqual(caught.exception.status, 400)
        with self.assertRaises(BatonError) as unread:
            self.call(baton.deploy, app["id"], b"no archive")
        self.assertEqual(unread.exception.code, "invalid_call")

    def test_usage_and_quotes(self: Any) -> None:
        self.assertIsInstance(self.call(self.baton().usage), dict)
        quoted = self.call(self.baton().quote, "sonnet", 3000, 1200, "high", segment="enterprise")
        self.assertEqual(quoted["quote"]["recommended_price"], 0.5)
        self.assertEqual(quoted["quote"]["gross_margin_pct"], 94.6)

    def test_lists_are_read_to_their_end(self: Any) -> None:
        # Pages are counted from the start, and others make apps at the same time in the organization that all share.
        baton = self.baton(new_organization())
        prefix = str(uuid.uuid4())
        made = [
            self.call(baton.request, "POST /api/agent-apps", body={"name": f"{prefix} {n}"})["app"]["id"]
            for n in range(3)
        ]
        apps = self.collect(baton.items, "GET /api/agent-apps", query={"limit": 1})
        self.assertTrue(set(made) <= {app["id"] for app in apps})
        self.assertEqual(len({app["id"] for app in apps}), len(apps))
        task = f"Count to {prefix}"
        spawned = [self.call(baton.spawn_agent, task, model="k2p5")["agent_id"] for _ in range(3)]
        query = {"limit": 2, "filter": {"task": task}}
        pages = self.collect(baton.pages, "GET /api/agents", query=query)
        self.assertEqual([len(page["data"]) for page in pages], [2, 1])
        agents = self.collect(baton.items, "GET /api/agents", query=query)
        self.assertEqual(sorted(one["agent_id"] for one in agents), sorted(spawned))
        for agent in spawned:
            self.call(baton.request, "DELETE /api/agent/{id}", params={"id": agent})
        models = self.collect(baton.items, "GET /api/models")
        self.assertIn("k2p5", {model["name"] for model in models})

    def test_the_errors_of_the_five_documents(self: Any) -> None:
        paas = self.failure("GET /api/projects/{id}", params={"id": 999999})
        self.assertEqual((paas.status, paas.code, paas.body["success"]), (404, "not_found", False))
        cloud = self.failure("POST /api/agent-apps", body={})
        self.assertEqual((cloud.status, cloud.code, cloud.field), (400, "VALIDATION_ERROR", "name"))
        orchestratex = self.failure("POST /api/threads", body={})
        self.assertEqual((orchestratex.status, orchestratex.field), (422, "session_id"))
        orchestra = self.failure("POST /chat/v2/chat", body={})
        self.assertEqual((orchestra.code, orchestra.field), ("VALIDATION_ERROR", "message"))
        short = self.failure("POST /api/spawn", body={"task": " "})
        self.assertEqual((short.status, short.message), (400, "Task cannot be empty"))
        long = self.failure("GET /api/agent/{id}", params={"id": "subagent_1700000000_0000"})
        self.assertEqual((long.status, long.code), (404, "not_found"))
        for error in (paas, cloud, orchestratex, orchestra, short, long):
            self.assertTrue(error.request_id and error.message, error)
        self.assertEqual(long.request_id, long.body["error"]["request_id"])

    def test_missing_rights_and_wrong_keys(self: Any) -> None:
        self.assertEqual(self.failure("GET /api/agents", key="sk_live_wrong").code, "unauthorized")
        reader = make_key(scopes=["agents:read"])["key"]
        self.assertEqual(self.failure("POST /api/spawn", key=reader, body={"task": "Go"}).status, 403)

    def test_a_signing_key_is_accepted_with_its_secret_only(self: Any) -> None:
        made = make_key(signing=True)
        signed = self.baton(made["key"], signing_secret=made["api_secret"])
        task = "Schreibe über Gezeiten"
        spawned = self.call(signed.spawn_agent, task, model="k2p5")
        listed = self.call(signed.request, "GET /api/agents", query={"filter": {"task": task}, "limit": 5})
        self.assertIn(spawned["agent_id"], [one["agent_id"] for one in listed["data"]])
        self.call(signed.request, "GET /api/agent/{id}", params={"id": spawned["agent_id"]})
        app = self.call(signed.request, "POST /api/agent-apps", body={"name": "Signed"})["app"]
        self.assertEqual(self.call(signed.deploy, app["id"], apkg(MANIFEST), wait=False)["version"], "1.0.0")
        for secret in (None, "sig_wrong"):
            with self.assertRaises(BatonError) as caught:
                self.call(self.baton(made["key"], signing_secret=secret).request, "GET /api/agents")
            self.assertEqual((caught.exception.status, caught.exception.message), (401, "Invalid request signature"))

    def test_a_signature_by_hand_is_accepted_once(self: Any) -> None:
        made = make_key(signing=True)
        headers = sign_request(made["api_secret"], "GET", "/api/agents?limit=1")
        self.assertEqual(self.call(self.baton(made["key"]).raw, "GET /api/agents?limit=1", headers=headers).status, 200)
        self.assertEqual(self.call(self.baton(made["key"]).raw, "GET /api/agents?limit=1", headers=headers).status, 401)

    def test_downloads_are_followed_to_their_bytes(self: Any) -> None:
        baton = self.baton()
        app = self.call(baton.request, "POST /api/agent-apps", body={"name": "Download"})["app"]
        package = apkg(MANIFEST)
        self.call(baton.deploy, app["id"], package)
        (stored,) = self.collect(baton.items, "GET /api/agent-apps/{id}/packages", params={"id": app["id"]})
        params = {"id": app["id"], "packageId": stored["id"]}
        answer = self.call(baton.raw, "GET /api/agent-apps/{id}/packages/{packageId}/download", params=params)
        self.assertEqual((answer.status, answer.content), (200, package))


@needs_app
class SyncApp(Cases, SyncCase):
    """Blocking."""


@needs_app
class AsyncApp(Cases, AsyncCase):
    """With asyncio."""


if __name__ == "__main__":
    unittest.main()
