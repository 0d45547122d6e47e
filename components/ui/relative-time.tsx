"use client";

import { formatDistanceToNowStrict } from "date-fns";

const justNowMs = 10_000;

const absolute = (date: Date) => date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "long" });

function relative(date: Date): string {
  if (Math.abs(Date.now() - date.getTime()) < justNowMs) return "just now";
  return formatDistanceToNowStrict(date, { addSuffix: true });
}

/** How long ago something was; pointed at, it says the exact moment in the reader's own zone. */
export function RelativeTime({ value }: { value: string }) {
  const date = new Date(value);
  return (
    // Server and browser render at different moments, so the words may differ by one step.
    <time
      dateTime={value}
      suppressHydrationWarning
      className="whitespace-nowrap"
      onPointerEnter={({ currentTarget }) => {
        // The server does not know the reader's zone.
        currentTarget.title = absolute(date);
      }}
    >
      {relative(date)}
    </time>
  );
}
