"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { ConnectionNote } from "#components/connection-note";
import { EventFeed, type FeedEvent } from "#components/event-feed";
import { useEvents } from "#components/follow-events";
import { toRecord } from "#components/request";
import { zoned } from "../words";

/** So many of the newest events are kept on the page. */
const shownMax = 500;
const gatherMs = 300;
type SessionLiveProps = {
  id: string;
  /** Events up to this number are not shown. */
  after: number;
  /** The number of the newest event when the page was made. */
  newest: number;
  isOpen: boolean;
};

/** What happens in a session, as it happens; each new event also has the rest of the page read again. */
export function SessionLive({ id, after, newest, isOpen }: SessionLiveProps) {
  const router = useRouter();
  const [events, setEvents] = useState<FeedEvent[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [first] = useState({ after, newest });
  const [isCaughtUp, setIsCaughtUp] = useState(first.after >= first.newest);
  useEffect(() => () => clearTimeout(timer.current), []);

  const connection = useEvents(`/api/sessions/${id}/events`, {
    after: first.after,
    // A session that is over still has its past to show.
    isOpen: isOpen || !isCaughtUp,
    onEvent: ({ id: number, event, data }) => {
      const sequence = Number(number);
      const facts = toRecord(data);
      const at = typeof facts.timestamp === "string" ? zoned(facts.timestamp) : "";
      setEvents((before) => [...before, { sequence, type: event, at, data: facts }].slice(-shownMax));
      if (sequence >= first.newest) setIsCaughtUp(true);
      if (sequence > first.newest) {
        clearTimeout(timer.current);
        timer.current = setTimeout(() => router.refresh(), gatherMs);
      }
      return false;
    },
  });

  return (
    <div className="grid grid-cols-1 gap-2">
      <span role="status">
        <ConnectionNote connection={connection} />
      </span>
      <EventFeed
        events={events}
        hidden={["type", "timestamp", "thread_id"]}
        none={first.newest === 0 ? "Nothing has happened in this session yet." : "They are on their way."}
      />
    </div>
  );
}
