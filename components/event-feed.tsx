"use client";

import { useState } from "react";
import { EmptyState } from "#components/ui/empty-state";
import { Select } from "#components/ui/select";

export type FeedEvent = { sequence: number; type: string; at: string; data: Record<string, unknown> };

const wordMax = 160;

function textOf(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > wordMax ? `${text.slice(0, wordMax)}…` : text;
}

/** The fields of an event in one line, without what stands elsewhere in the row. */
export function factsOf(data: Record<string, unknown>, hidden: readonly string[]): string {
  return Object.entries(data)
    .filter(([name, value]) => !hidden.includes(name) && value !== null && value !== "")
    .map(([name, value]) => `${name.replaceAll("_", " ")}: ${textOf(value)}`)
    .join(", ");
}

type EventFeedProps = {
  events: readonly FeedEvent[];
  /** What stands where there are none. */
  none: string;
  /** Fields that say nothing to a reader here. */
  hidden?: readonly string[];
};

/** What happened, the newest first, so that nothing a reader looks at moves away below the others. */
export function EventFeed({ events, none, hidden = [] }: EventFeedProps) {
  const [type, setType] = useState("all");
  const types = [...new Set(events.map((event) => event.type))].toSorted();
  const shown = events.filter((event) => type === "all" || event.type === type).toReversed();
  if (events.length === 0) {
    return (
      <EmptyState title="No events" level={3}>
        {none}
      </EmptyState>
    );
  }
  return (
    <div className="grid min-w-0 gap-2">
      {types.length > 1 ? (
        <Select
          aria-label="Type of event"
          value={type}
          onValueChange={setType}
          options={[{ value: "all", label: "All events" }, ...types.map((value) => ({ value, label: value }))]}
          className="w-full sm:w-60"
        />
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section aria-label="Events" tabIndex={0} className="max-h-80 overflow-y-auto rounded-lg border bg-card">
        <ol className="grid">
          {shown.map(({ sequence, type: name, at, data }) => (
            <li key={sequence} className="grid gap-x-3 border-b px-3 py-1.5 text-xs last:border-b-0 sm:flex">
              <time dateTime={at} className="shrink-0 font-mono text-muted-foreground tabular-nums">
                {at.slice(11, 23)}
              </time>
              <span className="shrink-0 font-medium sm:w-44">{name}</span>
              <span className="min-w-0 text-muted-foreground [overflow-wrap:anywhere]">{factsOf(data, hidden)}</span>
            </li>
          ))}
        </ol>
      </section>
      <p className="text-muted-foreground text-xs">
        {shown.length} of {events.length} events, the newest first. Times are UTC.
      </p>
    </div>
  );
}
