"use client";

import { useId } from "react";
import { cn } from "#components/ui/cn";
import type { Method } from "./use-compress";

const methods: { value: Method; label: string; keeps: string }[] = [
  { value: "briefing", label: "Briefing", keeps: "The first 15 lines, with what the session's log says" },
  { value: "low", label: "Low", keeps: "The first 25 lines" },
  { value: "medium", label: "Medium", keeps: "The first 15 lines of more than 20 characters" },
  { value: "high", label: "High", keeps: "Up to 12 lines with ✅ ⚠️ 🚧, “must”, “critical” or “important”" },
];

/** How much of the context is kept. */
export function MethodChoice({ value, onChange }: { value: Method; onChange: (value: Method) => void }) {
  const id = useId();
  const chosen = methods.find((method) => method.value === value);
  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className="mb-1.5 font-medium text-sm">Level</legend>
      <div className="grid grid-cols-4 gap-0.5 rounded-md border bg-card p-0.5">
        {methods.map((method) => (
          <label
            key={method.value}
            className={cn(
              "flex h-8 cursor-pointer items-center justify-center rounded-sm px-1 text-muted-foreground hover:text-foreground has-focus-visible:outline-2 has-focus-visible:outline-ring pointer-coarse:h-10",
              method.value === value && "bg-accent font-medium text-accent-foreground hover:text-accent-foreground",
            )}
          >
            <input
              type="radio"
              name={`${id}-method`}
              value={method.value}
              checked={method.value === value}
              onChange={() => onChange(method.value)}
              aria-describedby={`${id}-keeps`}
              className="sr-only"
            />
            {method.label}
          </label>
        ))}
      </div>
      <p id={`${id}-keeps`} className="text-muted-foreground text-xs">
        Keeps: {chosen?.keeps}.
      </p>
    </fieldset>
  );
}
