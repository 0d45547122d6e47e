"use client";

import { formatDistanceToNowStrict } from "date-fns";
import { Tooltip } from "./tooltip";

const justNowMs = 10_000;

const absolute = (date: Date) => date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "long" });

function relative(date: Date): string {
  if (Math.abs(Date.now() - date.getTime()) < justNowMs) return "just now";
  return formatDistanceToNowStrict(date, { addSuffix: true });
}

/** How long ago something was; the exact moment, in the reader's own zone, is in the tooltip. */
export function RelativeTime({ value }: { value: string }) {
  const date = new Date(value);
  return (
    <Tooltip content={absolute(date)}>
      {/* Server and browser render at different moments, so the words may differ by one step. */}
      <time dateTime={value} suppressHydrationWarning className="whitespace-nowrap">
        {relative(date)}
      </time>
    </Tooltip>
  );
}
