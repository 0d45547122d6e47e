"""Event streams and lists, against a server that fails on purpose."""

from __future__ import annotations

import re
import unittest
from typing import Any

from both import QUICK, AsyncCase, SyncCase
from fake_server import Answer, FakeServer, events

from baton import (
    BatonError,
    ConnectionFailedError,
)

OK = Answer(body={"ok": True})
BUSY = Answer(503, {"error": "Busy", "code": "SERVICE_UNAVAILABLE"})
CUT = Answer(is_silent=True)
STREAM = {"content-type": "text/event-stream"}


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

    def test_an_event_stream_that_is_cut_goes_on_behind_its_last_event(self: Any) -> None:
        fake, baton = self.prepare()
        fake.answer_with(
            Answer(body=events(1, 2, retry=1) + b"id: 3\nevent: step\nda", headers=STREAM, is_cut=True),
            CUT,
            Answer(body=events(3), headers=STREAM, is_cut=True),
            Answer(body=events(2, 3, 4), headers=STREAM),
            Answer(body=b": nothing more\n\n", headers=STREAM),
        )
        got = self.collect(baton.events, "GET /api/runs/{id}/events", params={"id": "r"})
        self.assertEqual(
            [(one.id, one.event, one.data["n"]) for one in got], [(str(n), "step", n) for n in (1, 2, 3, 4)]
        )
        self.assertEqual([asked.headers.get("last-event-id") for asked in fake.asked], [None, "2", "2", "3", "4"])
        self.assertEqual(fake.asked[0].headers["accept"], "text/event-stream")

    def test_a_stream_that_keeps_breaking_without_an_event_is_an_error(self: Any) -> None:
        fake, baton = self.prepare()
        fake.answer_with(Answer(body=b"", headers=STREAM, is_cut=True))
        with self.assertRaises(ConnectionFailedError):
            self.collect(baton.events, "GET /api/events")
        self.assertEqual(len(fake.asked), 5)

    def test_a_cut_chat_stream_is_not_asked_for_twice(self: Any) -> None:
        fake, baton = self.prepare()
        fake.answer_with(Answer(body=events(0), headers=STREAM, is_cut=True))
        with self.assertRaises(ConnectionFailedError):
            self.collect(baton.events, "GET /chat/v2/stream", query={"message": "Hi"})
        self.assertEqual(len(fake.asked), 1)

    def test_a_cut_stream_of_a_write_repeats_with_its_key_and_skips_what_came(self: Any) -> None:
        fake, baton = self.prepare()
        fake.answer_with(
            Answer(body=events(1, 2), headers=STREAM, is_cut=True),
            Answer(body=events(1, 2, 3) + b"event: result\ndata: {}\n\n", headers=STREAM),
        )
        got = self.collect(baton.events, "POST /api/agent-apps/{id}/invoke", params={"id": "a"}, body={"input": 1})
        self.assertEqual([one.id for one in got], ["1", "2", "3", None])
        self.assertEqual(len({asked.headers["idempotency-key"] for asked in fake.asked}), 1)
        self.assertEqual(len(fake.asked), 2)

    def test_a_refused_stream_raises_the_refusal(self: Any) -> None:
        fake, baton = self.prepare()
        fake.answer_with(Answer(404, {"error": "Run not found", "code": "NOT_FOUND"}))
        with self.assertRaises(BatonError) as caught:
            self.collect(baton.events, "GET /api/runs/r/events")
        self.assertEqual((caught.exception.message, caught.exception.code), ("Run not found", "NOT_FOUND"))

    def test_lists_are_read_to_their_end_by_cursor_and_by_offset(self: Any) -> None:
        fake, baton = self.prepare()
        page = {"has_more": True, "cursor": "abc", "next_offset": 2}
        fake.answer_with(
            Answer(body={"data": [1, 2], "pagination": page}),
            Answer(body={"data": [3], "pagination": {"has_more": False, "cursor": None}}),
        )
        self.assertEqual(self.collect(baton.items, "GET /api/agents", query={"status": "failed"}), [1, 2, 3])
        self.assertEqual(
            [a.path for a in fake.asked],
            ["/api/agents?status=failed&limit=100", "/api/agents?status=failed&limit=100&cursor=abc"],
        )
        fake.answer_with(Answer(body={"apps": [1, 2]}), Answer(body={"apps": [3, 4]}), Answer(body={"apps": []}))
        self.assertEqual(self.collect(baton.items, "GET /api/agent-apps", query={"limit": 2}), [1, 2, 3, 4])
        self.assertEqual(re.findall(r"offset=(\d)", " ".join(asked.path for asked in fake.asked)), ["2", "4"])
        fake.answer_with(
            Answer(body={"deliveries": [1], "has_more": True}), Answer(body={"deliveries": [2], "has_more": False})
        )
        pages = self.collect(baton.pages, "GET /api/agent-apps/a/webhooks/w/deliveries")
        self.assertEqual([page["deliveries"] for page in pages], [[1], [2]])

    def test_lists_without_pages_are_read_once(self: Any) -> None:
        fake, baton = self.prepare()
        for body in ([1, 2], {"success": True, "data": [1, 2]}, {"teams": [1, 2], "count": 2}):
            fake.answer_with(Answer(body=body))
            self.assertEqual(self.collect(baton.items, "GET /api/teams"), [1, 2])
            self.assertEqual(len(fake.asked), 1)


class SyncStreams(Cases, SyncCase):
    """Blocking."""


class AsyncStreams(Cases, AsyncCase):
    """With asyncio."""


class LeavingEarly(unittest.TestCase):
    def test_a_reader_who_stops_early_gives_the_connection_back(self) -> None:
        case = SyncCase()
        fake = FakeServer()
        self.addCleanup(fake.close)
        fake.answer_with(Answer(body=events(1, 2, 3), headers=STREAM))
        baton = case.client("key", fake.url, retry=QUICK)
        stream = baton.events("GET /api/events")
        self.assertEqual(next(stream).id, "1")
        stream.close()
        fake.answer_with(OK)
        self.assertEqual(baton.request("GET /api/agents"), {"ok": True})
        case.doCleanups()


if __name__ == "__main__":
    unittest.main()
