"""The parts that need no server: delays, error forms, event parsing, signatures, web hooks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
import unittest
from datetime import datetime, timezone
from typing import Any, Dict, Optional

from baton import RetryPolicy, WebhookVerificationError, sign_request, verify_webhook
from baton.errors import read_error, read_retry_after
from baton.operations import accepts_idempotency_key
from baton.retry import is_retryable
from baton.sse import EventParser
from j1msky import AgentResult

BODY = '{"event":"agent.completed","data":{"text":"ü"}}'


class Delays(unittest.TestCase):
    def test_delays_double_up_to_a_minute_with_up_to_a_tenth_more(self) -> None:
        least, most = RetryPolicy(rng=lambda: 0.0), RetryPolicy(rng=lambda: 1.0)
        self.assertEqual([least.delay(n) for n in range(8)], [1, 2, 4, 8, 16, 32, 60, 60])
        self.assertEqual([round(most.delay(n), 3) for n in (0, 3, 9)], [1.1, 8.8, 66])
        self.assertEqual(least.delay(10_000), 60)

    def test_there_are_five_attempts_and_none_before_retry_after(self) -> None:
        policy = RetryPolicy(rng=lambda: 0.0)
        self.assertEqual([policy.wait(n, None) for n in range(5)], [1, 2, 4, 8, None])
        self.assertEqual((policy.wait(0, 7), policy.wait(3, 7), policy.wait(0, 61)), (7, 8, None))

    def test_retry_after_is_a_number_or_a_date(self) -> None:
        self.assertEqual(
            [read_retry_after(text) for text in ("3", "0.5", "-1", "soon", "", None)], [3, 0.5, 0, None, None, None]
        )
        self.assertEqual(read_retry_after("Thu, 01 Jan 1970 00:01:00 GMT", now=50), 10)
        self.assertEqual(read_retry_after("Thu, 01 Jan 1970 00:01:00 GMT", now=90), 0)

    def test_only_passing_refusals_are_retried(self) -> None:
        statuses = (200, 400, 404, 409, 429, 500, 502, 503, 504)
        self.assertEqual([s for s in statuses if is_retryable(s, False)], [429, 503])
        self.assertEqual([s for s in statuses if is_retryable(s, True)], [429, 502, 503, 504])

    def test_idempotent_operations_are_known_by_template_and_by_path(self) -> None:
        self.assertTrue(accepts_idempotency_key("POST /api/agent-apps/{id}/invoke"))
        self.assertTrue(accepts_idempotency_key("POST /api/agent-apps/0198-c0de/invoke?x=1"))
        self.assertFalse(accepts_idempotency_key("POST /chat/v2/chat"))


class Errors(unittest.TestCase):
    def read(self, status: int, body: Any, headers: Optional[Dict[str, str]] = None) -> Any:
        error = read_error(status, headers or {}, json.dumps(body).encode())
        self.assertEqual((error.status, error.body), (status, body))
        return error.code, error.message, error.request_id, error.field, error.retry_after

    def test_paas(self) -> None:
        self.assertEqual(
            self.read(404, {"success": False, "error": "Gone", "suggestion": "s"}),
            ("not_found", "Gone", None, None, None),
        )

    def test_cloud(self) -> None:
        body = {"error": "Bad", "code": "VALIDATION_ERROR", "details": {"name": "Required field missing"}}
        self.assertEqual(
            self.read(400, body, {"x-request-id": "req_1"}), ("VALIDATION_ERROR", "Bad", "req_1", "name", None)
        )
        poor = {"error": "Insufficient credits", "code": "INSUFFICIENT_CREDITS", "required": 3, "available": 1}
        self.assertEqual(self.read(402, poor), ("INSUFFICIENT_CREDITS", "Insufficient credits", None, None, None))
        listed = {"error": "Package validation failed", "details": ["manifest.json is missing"]}
        self.assertEqual(self.read(400, listed)[3], None)

    def test_orchestratex(self) -> None:
        body = {"detail": "Wrong", "status_code": 422, "errors": [{"field": "prompt", "message": "Must not be blank"}]}
        self.assertEqual(self.read(422, body), ("validation_error", "Wrong", None, "prompt", None))

    def test_orchestra(self) -> None:
        error = {"code": "VALIDATION_ERROR", "message": "Bad", "details": {"field": "message", "reason": "Required"}}
        body = {"success": False, "data": None, "metadata": {"request_id": "u-1"}, "error": error}
        self.assertEqual(self.read(400, body), ("VALIDATION_ERROR", "Bad", "u-1", "message", None))
        slow = {"error": {"code": "RATE_LIMIT_ERROR", "message": "Slow", "details": {"retry_after": 9}}}
        self.assertEqual(self.read(429, slow)[4], 9)

    def test_agency(self) -> None:
        self.assertEqual(
            self.read(400, {"success": False, "error": "Task cannot be empty"}),
            ("bad_request", "Task cannot be empty", None, None, None),
        )
        body = {"error": {"code": 429, "message": "Rate limit exceeded", "request_id": "req_2", "retry_after": 30}}
        self.assertEqual(self.read(429, body), ("rate_limited", "Rate limit exceeded", "req_2", None, 30))
        self.assertEqual(self.read(429, body, {"retry-after": "31"})[4], 31)

    def test_the_dialects_of_the_model_gateway(self) -> None:
        openai = {"error": {"message": "Bad", "type": "invalid_request_error", "param": "model", "code": "validation"}}
        self.assertEqual(self.read(400, openai), ("validation", "Bad", None, "model", None))
        anthropic = {"type": "error", "error": {"type": "not_found_error", "message": "No"}, "request_id": "req_3"}
        self.assertEqual(self.read(404, anthropic), ("not_found_error", "No", "req_3", None, None))

    def test_an_answer_that_is_no_json(self) -> None:
        error = read_error(502, {}, b"<html>Bad gateway</html>")
        self.assertEqual(
            (error.message, error.code, error.body),
            ("The server answered 502.", "server_error", "<html>Bad gateway</html>"),
        )


class Events(unittest.TestCase):
    stream = (
        '\ufeff: hello\r\nretry: 2500\r\n\r\nid: 1\nevent: a\ndata: {"x": "\u00fc"}\n\n'
        "data: one\rdata:two\r\rid: 3\n\nevent: end\nid: 4\ndata: [DONE]\n\ndata: cut off"
    )
    expected = [("1", "a", {"x": "ü"}), (None, "message", "one\ntwo"), ("4", "end", "[DONE]")]

    def test_events_are_read_wherever_the_pieces_end(self) -> None:
        content = self.stream.encode("utf-8")
        for size in (1, 2, 3, 7, len(content)):
            parser = EventParser()
            pieces = [content[at : at + size] for at in range(0, len(content), size)]
            got = [(one.id, one.event, one.data) for piece in pieces for one in parser.feed(piece)]
            self.assertEqual((got, parser.retry), (self.expected, 2.5))


class Signing(unittest.TestCase):
    def test_a_signature_is_that_of_the_document(self) -> None:
        body = '{"model":"k2p5","task":"test"}'
        now = datetime(2026, 2, 19, 12, 30, 1, 250_000, tzinfo=timezone.utc)
        headers = sign_request("your_secret", "post", "/api/spawn", body, now)
        stamp = headers["X-Timestamp"]
        self.assertRegex(stamp, r"^2026-02-19T12:30:01\.250\d{6}Z$")
        expected = hmac.new(b"your_secret", f"{stamp}\nPOST\n/api/spawn\n{body}".encode(), hashlib.sha256).hexdigest()
        self.assertEqual(headers["X-Signature"], expected)
        self.assertNotEqual(sign_request("your_secret", "POST", "/api/spawn", body, now), headers)


class Webhooks(unittest.TestCase):
    key = b"k" * 32
    secret = "whsec_" + base64.b64encode(key).decode()
    now = 1_800_000_000

    def standard(self, key: bytes, body: str = BODY, at: int = now) -> Dict[str, str]:
        digest = hmac.new(key, f"d-1.{at}.{body}".encode(), hashlib.sha256).digest()
        return {
            "Webhook-Id": "d-1",
            "Webhook-Timestamp": str(at),
            "Webhook-Signature": f"v1,{base64.b64encode(digest).decode()}",
        }

    def own(self, secret: str, at: int = now) -> Dict[str, str]:
        digest = hmac.new(secret.encode(), BODY.encode(), hashlib.sha256).hexdigest()
        return {"X-Webhook-Timestamp": str(at), "X-Webhook-Signature": f"sha256={digest}"}

    def refused(self, headers: Dict[str, str], body: str = BODY, secret: str = secret) -> str:
        with self.assertRaises(WebhookVerificationError) as caught:
            verify_webhook(body, headers, secret, now=self.now)
        return caught.exception.code

    def test_good_signatures_give_the_payload(self) -> None:
        for headers, secret in (
            (self.standard(self.key), self.secret),
            (self.standard(b"plain"), "plain"),
            (self.own("plain", self.now - 299), "plain"),
        ):
            for body in (BODY, BODY.encode()):
                self.assertEqual(verify_webhook(body, headers, secret, now=self.now), json.loads(BODY))

    def test_one_of_several_signatures_is_enough(self) -> None:
        headers = self.standard(self.key)
        other = self.standard(b"old")["Webhook-Signature"]
        headers["Webhook-Signature"] = f"{other} v2,x {headers['Webhook-Signature']}"
        self.assertEqual(verify_webhook(BODY, headers, self.secret, now=self.now)["event"], "agent.completed")

    def test_wrong_signatures_are_refused(self) -> None:
        self.assertEqual(self.refused(self.standard(b"other")), "bad_signature")
        self.assertEqual(self.refused(self.standard(self.key), BODY + " "), "bad_signature")
        self.assertEqual(self.refused({**self.standard(self.key), "Webhook-Id": "d-2"}), "bad_signature")
        self.assertEqual(self.refused({**self.standard(self.key), "Webhook-Signature": "v1,\u00e9"}), "bad_signature")
        self.assertEqual(self.refused(self.own("other"), secret="plain"), "bad_signature")
        # A wrong standard signature is not made good by the other one.
        self.assertEqual(self.refused({**self.standard(b"other"), **self.own(self.secret)}), "bad_signature")

    def test_stale_and_future_ones_are_refused(self) -> None:
        for at in (self.now - 301, self.now + 301):
            self.assertEqual(self.refused(self.standard(self.key, at=at)), "stale")
            self.assertEqual(self.refused(self.own("plain", at), secret="plain"), "stale")
        with self.assertRaises(WebhookVerificationError):
            verify_webhook(BODY, self.standard(self.key, at=int(time.time()) - 400), self.secret)

    def test_unsigned_ones_and_empty_secrets_are_refused(self) -> None:
        self.assertEqual(self.refused({}), "missing_signature")
        self.assertEqual(self.refused({"webhook-signature": "v1,x"}), "missing_timestamp")
        with self.assertRaises(ValueError):
            verify_webhook(BODY, self.standard(b""), "", now=self.now)


class Results(unittest.TestCase):
    def test_summary_is_the_first_paragraph_and_issues_are_the_list_items(self) -> None:
        output = "\n\nTwo things\nare wrong.\n\n- no tests\n  * no types \n1. no docs\n2) too long\nnot - this\n"
        result = AgentResult("subagent_1", output, 0.1, "k2p5", {})
        self.assertEqual(result.summary, "Two things\nare wrong.")
        self.assertEqual(result.issues, ["no tests", "no types", "no docs", "too long"])


if __name__ == "__main__":
    unittest.main()
