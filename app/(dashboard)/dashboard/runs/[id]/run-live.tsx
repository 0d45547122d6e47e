"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { ConnectionNote } from "#components/connection-note";
import { useEvents } from "#components/follow-events";

const gatherMs = 150;

/**
 * Follows a stream while it is open. Events only say that something changed: what the page shows is always what is stored,
 * read again after each event, and several at a time are read once.
 */
export function RunLive({ url, after, isOpen }: { url: string; after: number; isOpen: boolean }) {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const connection = useEvents(url, {
    after,
    isOpen,
    onEvent: () => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => router.refresh(), gatherMs);
      return false;
    },
  });
  return <ConnectionNote connection={connection} />;
}
