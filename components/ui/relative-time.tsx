"use client";

import { relativeWords } from "./relative-words";

const absolute = (date: Date) => date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "long" });

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
      {relativeWords(date.getTime() - Date.now())}
    </time>
  );
}
