"""Retries, the circuit breaker and what is sent, against a server that fails on purpose."""

from __future__ import annotations

import unittest
from typing import Any

from both import AsyncCase, SyncCase
from fake_server import Answer, FakeServer, free_port

from baton import (
    BatonError,
    CircuitBreaker,
    CircuitOpenError,
    ConnectionFailedError,
    File,
    Form,
    RateLimitError,
    RetryPolicy,
    ServerError,
)

OK = Answer(body={"ok": True})
BUSY = Answer(503, {"error": "Busy", "code": "SERVICE_UNAVAILABLE"})
CUT = Answer(is_silent=True)
STREAM = {"content-type": "text/event-stream"}


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Cases:
    """Filled in by a ``SyncCase`` and an ``AsyncCase``."""

    def prepare(self: Any, **options: Any) -> Any:
        fake = FakeServer()
        self.addCleanup(fake.close)
        return fake, self.client("key", fake.url, **options)

    def failure(self: Any, method: Any, *args: Any, **options: Any) -> BatonError:
        with self.assertRaises(BatonError) as caught:
            self.call(method, *args, **options)
        return caught.exception

    def test_429_and_503_are_asked_again_with_one_idempotency_key(self: Any) -> None:
        fake, baton = self.prepare()
        fake.answer_with(BUSY, Answer(429, {"error": "Slow down"}), OK)
        self.assertEqual(self.call(baton.request, "POST /api/spawn", body={"task": "Go"}), {"ok": True})
        keys = {asked.headers["idempotency-key"] for asked in fake.asked}
        self.assertEqual((len(fake.asked), len(keys)), (3, 1))
        self.assertEqual({asked.content for asked in fake.asked}, {b'{"task":"Go"}'})

    def test_five_attempts_are_made_and_the_last_refusal_is_raised(self: Any) -> None:
        fake, baton = self.prepare()
        fake.answer_with(BUSY)
        error = self.failure(baton.request, "GET /api/agents")
        self.assertIsInstance(error, ServerError)
        self.assertEqual((error.status, error.code, len(fake.asked)), (503, "SERVICE_UNAVAILABLE", 5))

    def test_the_wait_is_never_shorter_than_retry_after(self: Any) -> None:
        waits = []
        policy = RetryPolicy(base=0.001, rng=lambda: 0.0)

        class Noted(RetryPolicy):
            def wait(self, attempt: int, retry_after: Any) -> Any:
                waits.append(policy.wait(attempt, retry_after))
                return waits[-1]

        fake, baton = self.prepare(retry=Noted())
        fake.answer_with(Answer(429, {}, {"retry-after": "0.02"}), OK)
        self.assertEqual(self.call(baton.request, "GET /api/agents"), {"ok": True})
        self.assertEqual(waits, [0.02])

    def test_a_wait_of_more_than_a_minute_is_left_to_the_caller(self: Any) -> None:
        fake, baton = self.prepare()
        fake.answer_with(
            Answer(
                429,
                {"error": {"code": 429, "message": "Daily budget exceeded", "retry_after": 3600}},
                {"retry-after": "3600"},
            )
        )
        error = self.failure(baton.request, "POST /api/spawn", body={})
        self.assertIsInstance(error, RateLimitError)
        self.assertEqual((error.retry_after, error.message, len(fake.asked)), (3600, "Daily budget exceeded", 1))

    def test_other_refusals_are_not_asked_again(self: Any) -> None:
        fake, baton = self.prepare()
        for status in (400, 401, 404, 409, 500):
            fake.answer_with(Answer(status, {"error": "No"}))
            self.assertEqual(self.failure(baton.request, "POST /api/threads", body={}).status, status)
            self.assertEqual(len(fake.asked), 1)

    def test_a_lost_answer_is_asked_for_again_when_that_does_nothing_twice(self: Any) -> None:
        fake, baton = self.prepare()
        fake.answer_with(CUT, OK)
        self.assertEqual(self.call(baton.request, "GET /api/agents"), {"ok": True})
        running = Answer(409, {"error": "A request with this Idempotency-Key is still running"})
        fake.answer_with(CUT, running, OK)
        self.assertEqual(self.call(baton.request, "POST /api/spawn", body={}), {"ok": True})
        self.assertEqual(len(fake.asked), 3)

    def test_a_lost_answer_of_a_write_without_a_key_is_an_error(self: Any) -> None:
        fake, baton = self.prepare()
        fake.answer_with(CUT, OK)
        error = self.failure(baton.request, "DELETE /api/agent/{id}", params={"id": "a"})
        self.assertIsInstance(error, ConnectionFailedError)
        self.assertEqual((error.status, len(fake.asked)), (0, 1))

    def test_a_server_that_is_not_there_is_an_error_after_all_attempts(self: Any) -> None:
        attempts = []
        policy = RetryPolicy(base=0.001, rng=lambda: attempts.append(1) or 0.0)
        baton = self.client(None, f"http://127.0.0.1:{free_port()}", retry=policy)
        self.assertIsInstance(self.failure(baton.request, "DELETE /api/agent/x"), ConnectionFailedError)
        self.assertEqual(len(attempts), 4)

    def test_the_circuit_opens_after_five_failures_and_half_opens_after_a_minute(self: Any) -> None:
        clock = Clock()
        breaker = CircuitBreaker(clock=clock)
        fake, baton = self.prepare(breaker=breaker, retry=RetryPolicy(attempts_max=1))
        fake.answer_with(Answer(500, {"error": "Broken"}))
        for _ in range(5):
            self.assertEqual(breaker.state, "closed")
            self.failure(baton.request, "GET /api/agents")
        error = self.failure(baton.request, "GET /api/agents")
        self.assertIsInstance(error, CircuitOpenError)
        self.assertEqual((error.code, error.retry_after, len(fake.asked)), ("circuit_open", 60, 5))
        clock.now = 60.0
        self.assertEqual(breaker.state, "half-open")
        self.assertEqual(self.failure(baton.request, "GET /api/agents").status, 500)
        self.assertEqual(breaker.state, "open")
        clock.now = 120.0
        fake.answer_with(OK)
        self.assertEqual(self.call(baton.request, "GET /api/agents"), {"ok": True})
        self.assertEqual(breaker.state, "closed")

    def test_refusals_of_the_caller_do_not_open_the_circuit(self: Any) -> None:
        fake, baton = self.prepare()
        fake.answer_with(Answer(404, {"error": "No"}))
        for _ in range(7):
            self.assertEqual(self.failure(baton.request, "GET /api/agent/x").status, 404)

    def test_parameters_cannot_lead_to_another_path(self: Any) -> None:
        fake, baton = self.prepare()
        self.call(baton.request, "GET /api/agent/{id}", params={"id": "../x?y#z"})
        self.assertEqual(fake.asked[0].path, "/api/agent/..%2Fx%3Fy%23z")
        for params in ({}, {"id": ""}, {"id": ".."}):
            self.assertEqual(self.failure(baton.request, "GET /api/agent/{id}", params=params).code, "invalid_call")
        self.assertEqual(self.failure(baton.request, "get agents").code, "invalid_call")

    def test_forms_bytes_and_queries_are_sent_as_they_should_be(self: Any) -> None:
        fake, baton = self.prepare()
        form = Form({"version": "1.0.0"}, {"file": File(b"\x00\x01", 'a".apkg')})
        self.call(baton.request, "POST /api/x", body=form, query={"a": True, "b": {"c": 1}, "d": None, "e": [1, 2]})
        asked = fake.asked[0]
        self.assertEqual(asked.path, "/api/x?a=true&b=%7B%22c%22%3A%201%7D&e=1&e=2")
        self.assertIn(
            b'name="file"; filename="a%22.apkg"\r\nContent-Type: application/octet-stream\r\n\r\n\x00\x01\r\n--',
            asked.content,
        )
        self.assertRegex(asked.headers["content-type"], "^multipart/form-data; boundary=")
        self.call(baton.request, "PUT /api/y", body=b"raw", headers={"Content-Type": "text/plain"})
        self.assertEqual((fake.asked[1].content, fake.asked[1].headers["content-type"]), (b"raw", "text/plain"))
        self.assertEqual(fake.asked[1].headers["authorization"], "Bearer key")

    def test_raw_gives_refusals_as_they_are(self: Any) -> None:
        fake, baton = self.prepare()
        fake.answer_with(Answer(404, {"error": "No"}, {"x-request-id": "req_1"}))
        answer = self.call(baton.raw, "GET /api/agent/x")
        self.assertEqual((answer.status, answer.request_id, answer.body()), (404, "req_1", {"error": "No"}))


class SyncCalls(Cases, SyncCase):
    """Blocking."""


class AsyncCalls(Cases, AsyncCase):
    """With asyncio."""


if __name__ == "__main__":
    unittest.main()
