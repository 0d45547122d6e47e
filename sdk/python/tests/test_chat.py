"""The chat's client under the name that its document gives it."""

from __future__ import annotations

import asyncio
import unittest
import uuid
from typing import Any, Dict, List

from both import QUICK
from cutting_proxy import CuttingProxy
from fake_server import free_port
from running_app import KEY, URL, needs_app

from ai_orchestra import AsyncClient, BatonError, ChatSocket, Client
from baton import ConnectionFailedError, RetryPolicy
from baton.settings import make_core


@needs_app
class Chat(unittest.TestCase):
    def test_the_blocking_client_answers(self) -> None:
        with Client(api_key=KEY, base_url=URL) as client:
            reply = client.chat(message="Explain machine learning", optimization_mode="balanced")
        self.assertTrue(reply.response)
        self.assertEqual(reply.execution_mode, "single")
        self.assertTrue(0 <= reply.quality_score <= 1)
        self.assertTrue(reply.execution_time > 0)
        self.assertGreater(reply.metadata["tokens_used"], 0)
        self.assertEqual(str(uuid.UUID(reply.request_id)), reply.request_id)
        self.assertEqual(str(uuid.UUID(reply.session_id)), reply.session_id)

    def test_a_refused_message_says_which_field(self) -> None:
        with Client(KEY, URL) as client, self.assertRaises(BatonError) as caught:
            client.chat(" ")
        self.assertEqual((caught.exception.code, caught.exception.field), ("VALIDATION_ERROR", "message"))
        self.assertTrue(caught.exception.request_id)

    def test_the_client_for_asyncio_answers_with_a_team_and_memory(self) -> None:
        async def run() -> None:
            async with AsyncClient(KEY, URL) as client:
                first = await client.chat("Design a button", swarm_type="coding-team", user_context={"language": "en"})
                self.assertEqual(first.execution_mode, "swarm:coding-team")
                second = await client.chat("And now?", first.session_id, "lite", use_memory=True)
                self.assertEqual(second.session_id, first.session_id)

        asyncio.run(run())

    def test_streams_are_answered_in_pieces_and_stored(self) -> None:
        async def run(client: Any) -> List[str]:
            return [
                token
                async for token in client.stream_chat("Write a function", session_id=session, optimization_mode="lite")
            ]

        session = f"s-{uuid.uuid4()}"
        for client in (Client(KEY, URL), AsyncClient(KEY, URL)):
            tokens = asyncio.run(run(client))
            self.assertGreater(len(tokens), 1)
            turns = self.history(session)
            self.assertEqual("".join(tokens), turns[-1]["content"])
        self.assertEqual(len(turns), 4)

    def history(self, session: str) -> List[Dict[str, Any]]:
        with Client(KEY, URL) as client:
            operation = "GET /chat/v2/sessions/{session_id}/history"
            turns: List[Dict[str, Any]] = client.baton.request(operation, params={"session_id": session})["data"][
                "turns"
            ]
            return turns

    def test_a_socket_serves_several_messages_and_commands(self) -> None:
        async def run() -> None:
            async with AsyncClient(KEY, URL) as client, client.socket() as chat:
                reply = await chat.chat("Hello", optimization_mode="lite")
                self.assertEqual(reply["session_id"], chat.session_id)
                stream = chat.stream("Tell me more", optimization_mode="lite")
                self.assertTrue(await stream.__anext__())
                # Left in the middle: the rest is not the answer to what is asked next.
                again = await chat.chat("And more", optimization_mode="lite")
                self.assertTrue(again["response"])
                status = await chat.status()
                self.assertEqual((status["connected"], status["client_id"]), (True, chat.client_id))
                self.assertIsInstance(await chat.command("help"), object)
                with self.assertRaises(BatonError) as caught:
                    await chat.chat("Hello", optimization_mode="fast")
                self.assertEqual((caught.exception.status, caught.exception.code), (400, "VALIDATION_ERROR"))

        asyncio.run(run())

    def test_a_wrong_key_is_refused_at_the_handshake(self) -> None:
        async def run() -> None:
            async for _ in Client("sk_live_wrong", URL).stream_chat("Hi"):
                self.fail("There is no answer for a wrong key.")

        with self.assertRaises(BatonError) as caught:
            asyncio.run(run())
        self.assertEqual(caught.exception.status, 401)

    def test_a_socket_that_breaks_is_made_again(self) -> None:
        async def run() -> None:
            proxy = CuttingProxy(URL)
            self.addCleanup(proxy.close)
            core = make_core(KEY, proxy.url, retry=QUICK)
            async with ChatSocket(core) as chat:
                self.assertTrue((await chat.chat("Hello", optimization_mode="lite"))["response"])
                proxy.cut()
                self.assertTrue((await chat.chat("Still there?", optimization_mode="lite"))["response"])
            self.assertEqual(proxy.connections, 2)

        asyncio.run(run())


class Nobody(unittest.TestCase):
    def test_a_socket_gives_up_after_five_attempts(self) -> None:
        async def run() -> None:
            waits = []
            policy = RetryPolicy(base=0.001, rng=lambda: waits.append(1) or 0.0)
            chat = ChatSocket(make_core("key", f"http://127.0.0.1:{free_port()}", retry=policy))
            with self.assertRaises(ConnectionFailedError):
                await chat.chat("Hello")
            self.assertEqual(len(waits), 4)

        asyncio.run(run())


if __name__ == "__main__":
    unittest.main()
