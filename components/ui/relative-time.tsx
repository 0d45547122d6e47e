"use client";

import { formatDistanceToNowStrict } from "date-fns";
import { Tooltip } from "./tooltip";

const absolute = (date: Date) => date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "long" });

/** How long ago something was; the exact moment, in the reader's own zone, is in the tooltip. */
export function RelativeTime({ value }: { value: string }) {
  const date = new Date(value);
  return (
    <Tooltip content={absolute(date)}>
      {/* Server and browser render at different moments, so the words may differ by one step. */}
      <time dateTime={value} suppressHydrationWarning className="whitespace-nowrap">
        {formatDistanceToNowStrict(date, { addSuffix: true })}
      </time>
    </Tooltip>
  );
}
