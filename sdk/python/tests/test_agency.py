"""The agency's client under the name that its document gives it."""

from __future__ import annotations

import asyncio
import unittest
import uuid

from running_app import KEY, URL, needs_app

from ai_orchestra import BatonError
from j1msky import Agency, AgentFailedError, AsyncAgency


@needs_app
class SyncAgency(unittest.TestCase):
    def setUp(self) -> None:
        self.agency = Agency(KEY, URL)
        self.addCleanup(self.agency.close)

    def test_an_agent_is_spawned_and_waited_for(self) -> None:
        agent = self.agency.spawn(model="k2p5", task="Write a blog post about AI", priority="normal")
        self.assertRegex(agent.agent_id, r"^subagent_\d{10}_\d{4}$")
        self.assertEqual((agent.status, agent.estimated_cost), ("spawning", 0.05))
        result = agent.wait_for_completion(timeout=60)
        self.assertTrue(result.output)
        self.assertEqual((agent.status, result.cost, result.model), ("completed", 0.03, "k2p5"))
        self.assertTrue(result.output.strip().startswith(result.summary))

    def test_the_server_chooses_a_model_when_none_is_named(self) -> None:
        agent = self.agency.spawn(task="Sort three numbers", timeout=60)
        self.assertIn(agent.model, ("k2p5", "sonnet", "opus"))
        agent.cancel()

    def test_a_team_works_under_one_id(self) -> None:
        team = self.agency.spawn_team("team_coding", "Write a small parser")
        self.assertEqual((team.team, team.models), ("team_coding", ["kimi-coding/k2p5", "anthropic/claude-sonnet-4-6"]))
        self.assertTrue(team.wait_for_completion(timeout=60).output)
        self.assertEqual(team.details()["team"], "team_coding")

    def test_agents_are_listed(self) -> None:
        agent = self.agency.spawn("k2p5", f"List me {uuid.uuid4()}")
        listed = self.agency.list_agents(limit=1, filter={"agent_id": agent.agent_id})
        self.assertEqual([one["agent_id"] for one in listed["data"]], [agent.agent_id])
        self.assertEqual(set(listed), {"data", "pagination", "links", "meta"})
        self.assertEqual(listed["pagination"]["total"], 1)
        self.agency.cancel(agent.agent_id)

    def test_a_cancelled_agent_is_no_result(self) -> None:
        agent = self.agency.spawn(model="sonnet", task="Write a long book", priority="low")
        ended = self.agency.cancel(agent.agent_id)
        self.assertEqual((ended["success"], ended["message"]), (True, "Agent cancelled"))
        self.assertGreater(ended["refund"], 0)
        with self.assertRaises(AgentFailedError) as caught:
            agent.wait_for_completion(timeout=60)
        self.assertEqual((caught.exception.code, caught.exception.body["status"]), ("agent_cancelled", "cancelled"))
        with self.assertRaises(BatonError) as again:
            agent.cancel()
        self.assertEqual(again.exception.status, 409)

    def test_privacy_is_passed_on(self) -> None:
        privacy = {"detect_pii": True, "mask_pii_in_logs": True, "encrypt_output": True, "retention_days": 7}
        agent = self.agency.spawn(model="k2p5", task="Mail jo@example.com", privacy=privacy)
        kept = agent.details()["privacy"]
        self.assertEqual({name: kept[name] for name in privacy}, privacy)
        agent.cancel()

    def test_a_wrong_task_is_refused_in_the_servers_words(self) -> None:
        with self.assertRaises(BatonError) as caught:
            self.agency.spawn(model="gpt", task="Go")
        self.assertEqual(caught.exception.message, "Invalid model. Must be one of: k2p5, sonnet, opus")


@needs_app
class AsyncAgencySurface(unittest.TestCase):
    def test_spawn_wait_team_list_and_cancel(self) -> None:
        async def run() -> None:
            async with AsyncAgency(KEY, URL) as agency:
                agent, team = await asyncio.gather(
                    agency.spawn(model="k2p5", task="Write a haiku"), agency.spawn_team("team_research", "Find tides")
                )
                results = await asyncio.gather(agent.wait_for_completion(60), team.wait_for_completion(60))
                self.assertTrue(all(result.output for result in results))
                listed = await agency.list_agents(filter={"agent_id": agent.agent_id})
                self.assertEqual(listed["data"][0]["status"], "completed")
                other = await agency.spawn(model="k2p5", task="Write an epic")
                self.assertTrue((await other.cancel())["success"])
                with self.assertRaises(AgentFailedError):
                    await other.wait_for_completion(60)

        asyncio.run(run())


if __name__ == "__main__":
    unittest.main()
