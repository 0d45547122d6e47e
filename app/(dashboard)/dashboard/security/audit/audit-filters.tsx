"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useRef, useState, useTransition } from "react";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { useSequence, useShortcut } from "../../../shell/use-shortcut";
import type { AuditFilter } from "./query";
import { eventWords, severityWords } from "./words";

const typingMs = 250;
const base = "/dashboard/security/audit";
const isComplete = (day: string) => day === "" || day >= "2000";

/** Narrows the audit log. The address is the truth, so a filtered log can be sent to somebody. */
export function AuditFilters({ filter, actors }: { filter: AuditFilter; actors: Record<string, string> }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(filter);
  const [shown, setShown] = useState(filter);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The address changed by other means than these fields, such as a chip that was removed.
  const isMoved = (Object.keys(filter) as (keyof AuditFilter)[]).some((name) => filter[name] !== shown[name]);
  if (isMoved && !isPending) {
    setShown(filter);
    setTyped(filter.text === typed.text.trim() ? { ...filter, text: typed.text } : filter);
  }

  useShortcut("shift+f", () => field.current?.focus());
  useSequence("f", (letter) => {
    if (letter === "c") startTransition(() => router.replace(base, { scroll: false }));
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  function show(next: AuditFilter) {
    clearTimeout(timer.current);
    const given = Object.entries({ ...next, text: next.text.trim() }).filter(([, value]) => value !== "");
    const query = new URLSearchParams(given).toString();
    startTransition(() => router.replace(`${base}${query ? `?${query}` : ""}`, { scroll: false }));
  }

  function change(part: Partial<AuditFilter>, isTyped = false) {
    const next = { ...typed, ...part };
    setTyped(next);
    clearTimeout(timer.current);
    if (!isComplete(next.from) || !isComplete(next.to)) return;
    if (isTyped) timer.current = setTimeout(() => show(next), typingMs);
    else show(next);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (typed.text === "") field.current?.blur();
    else change({ text: "" });
  }

  const known = { ...actors, ...(filter.actor && !actors[filter.actor] && { [filter.actor]: filter.actor }) };
  const selects = [
    {
      name: "actor",
      label: "Actor",
      options: [
        { value: "", label: "Everybody" },
        ...Object.entries(known).map(([value, label]) => ({ value, label })),
      ],
    },
    {
      name: "event",
      label: "Event",
      options: [
        { value: "", label: "All events" },
        ...Object.entries(eventWords).map(([value, detail]) => ({ value, label: value, detail })),
      ],
    },
    {
      name: "severity",
      label: "Severity",
      options: [
        { value: "", label: "All severities" },
        ...Object.entries(severityWords).map(([value, { label }]) => ({ value, label })),
      ],
    },
  ] as const;

  return (
    <search aria-busy={isPending} className="flex flex-wrap gap-2">
      <Input
        ref={field}
        type="search"
        aria-label="Search the details"
        placeholder="Text in the details"
        maxLength={200}
        value={typed.text}
        onChange={(event) => change({ text: event.target.value }, true)}
        onKeyDown={onKeyDown}
        className="w-full sm:w-56"
      />
      {selects.map(({ name, label, options }) => (
        <Select
          key={name}
          aria-label={label}
          value={typed[name]}
          onValueChange={(value: string) => change({ [name]: value })}
          options={options}
          className="w-full sm:w-44"
        />
      ))}
      <div className="flex gap-2 max-sm:w-full">
        {(["from", "to"] as const).map((name) => (
          <Input
            key={name}
            type="date"
            aria-label={name === "from" ? "From" : "To"}
            max={name === "from" ? typed.to || undefined : undefined}
            min={name === "to" ? typed.from || undefined : undefined}
            value={typed[name]}
            onChange={(event) => change({ [name]: event.target.value })}
            className="w-auto max-sm:flex-1"
          />
        ))}
      </div>
    </search>
  );
}
