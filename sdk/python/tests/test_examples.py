"""What the five API documents print, sent to the running app and read back."""

from __future__ import annotations

import json
import re
import unittest
from pathlib import Path
from typing import Any, Dict, List

from both import AsyncCase, SyncCase
from fake_server import Answer, FakeServer
from running_app import URL, needs_app, new_organization

from baton import BatonError, File, Form, RetryPolicy

EXAMPLES: List[Dict[str, Any]] = json.loads(
    (Path(__file__).resolve().parents[3] / "examples" / "api.json").read_text("utf-8")
)

#: Not to be sent by a plain call as they are printed, and why.
SPECIAL = {
    "GET /chat/ws/{client_id}/{session_id}": "A socket: stream_chat opens it (test_chat).",
    "POST /api/stripe/webhook": "Its signature is a placeholder, and only Stripe can make one.",
    "PUT /api/security/ip-whitelist": "It would lock its own caller out, which is to be confirmed (A29).",
}
MISUNDERSTOOD = (400, 415, 422)


def is_request(example: Dict[str, Any]) -> bool:
    """Whether it is printed as a request, or is a call that takes nothing."""
    operation = example["operation"]
    return "request" in example or (operation.startswith(("GET ", "DELETE ")) and "{" not in operation)


def options_of(example: Dict[str, Any]) -> Dict[str, Any]:
    request = dict(example.get("request", {}))
    if re.fullmatch(r"POST .*/packages(/deploy)?", example["operation"]):
        # The documents print an upload's fields only.
        request["body"] = Form({"version": "1.0.0"}, {"file": File(b"PK", "agent.apkg")})
    return {name: request[name] for name in ("params", "query", "headers", "body") if name in request}


class Cases:
    def test_documented_responses_come_out_parsed(self: Any) -> None:
        server = FakeServer()
        self.addCleanup(server.close)
        baton = self.client("key", server.url, retry=RetryPolicy(attempts_max=1))
        for number, example in enumerate(one for one in EXAMPLES if "response" in one):
            status, body = example["response"]["status"], example["response"]["body"]
            operation = example["operation"]
            with self.subTest(f"{example['item']} {operation} #{number}"):
                server.answer_with(Answer(status, body))
                options = options_of(example)
                names = {name: "1" for name in re.findall(r"\{(.+?)\}", operation)}
                options["params"] = {**names, **options.get("params", {})}
                if status < 400:
                    self.assertEqual(self.call(baton.request, operation, **options), body)
                    continue
                with self.assertRaises(BatonError) as caught:
                    self.call(baton.request, operation, **options)
                self.assertEqual((caught.exception.status, caught.exception.body), (status, body))
                self.assertIn(json.dumps(caught.exception.message), json.dumps(body))

    def test_the_examples_are_of_all_five_documents(self: Any) -> None:
        self.assertEqual(len({one["document"] for one in EXAMPLES}), 5)


class SyncExamples(Cases, SyncCase):
    """Blocking. How a call is put together and read is one code for both clients, so that one sends them all."""

    @needs_app
    def test_documented_requests_are_understood(self: Any) -> None:
        sent = [one for one in EXAMPLES if is_request(one)]
        self.assertLessEqual(set(SPECIAL), {one["operation"] for one in sent})
        maker = self.client(new_organization(), URL)
        for number, example in enumerate(sent):
            if example["operation"] in SPECIAL:
                continue
            with self.subTest(f"{example['item']} {example['operation']} #{number}"):
                # A key of its own, because some of them revoke or use up the one they come with.
                made = self.call(maker.request, "POST /api/api-keys", body={"name": f"Example {number}"})
                baton = self.client(made["apiKey"]["key"], URL)
                try:
                    self.call(baton.raw, example["operation"], **options_of(example))
                except BatonError as error:
                    self.assertNotIn(error.status, MISUNDERSTOOD, error.message)


class AsyncExamples(Cases, AsyncCase):
    """With asyncio."""


if __name__ == "__main__":
    unittest.main()
