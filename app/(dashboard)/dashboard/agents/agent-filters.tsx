"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useRef, useState, useTransition } from "react";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { useSequence, useShortcut } from "../../shell/use-shortcut";
import type { AgentFilter } from "./query";
import { statuses, statusWords } from "./words";

const typingMs = 250;
const newest = "-created_at";
const option = (value: string) => ({ value, label: value });

/** While a year is typed, the field holds days of the first centuries; those are nobody's wish. */
const isComplete = (day: string) => day === "" || day >= "2000";

type AgentFiltersProps = { filter: AgentFilter; models: string[]; teams: string[] };

/** Narrows the list of agents. The address is the truth, so a filtered list can be sent to somebody. */
export function AgentFilters({ filter, models, teams }: AgentFiltersProps) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(filter);
  const [shown, setShown] = useState(filter);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The address changed by other means than these fields, such as a chip that was removed.
  const isMoved = (Object.keys(filter) as (keyof AgentFilter)[]).some((name) => filter[name] !== shown[name]);
  if (isMoved && !isPending) {
    setShown(filter);
    setTyped(filter.text === typed.text.trim() ? { ...filter, text: typed.text } : filter);
  }

  useShortcut("shift+f", () => field.current?.focus());
  useSequence("f", (letter) => {
    if (letter === "c") startTransition(() => router.replace("/dashboard/agents", { scroll: false }));
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  function show(next: AgentFilter) {
    clearTimeout(timer.current);
    const given = Object.entries(next)
      .map(([name, value]): [string, string] => [name, value.trim()])
      .filter(([, value]) => value !== "" && value !== newest);
    const query = new URLSearchParams(given).toString();
    startTransition(() => router.replace(`/dashboard/agents${query ? `?${query}` : ""}`, { scroll: false }));
  }

  function change(part: Partial<AgentFilter>, isTyped = false) {
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

  const selects = [
    {
      name: "status",
      label: "Status",
      options: [
        { value: "", label: "All states" },
        ...statuses.map((value) => ({ value, label: statusWords[value].label })),
      ],
    },
    { name: "model", label: "Model", options: [{ value: "", label: "All models" }, ...models.map(option)] },
    { name: "team", label: "Team", options: [{ value: "", label: "Any team" }, ...teams.map(option)] },
  ] as const;

  return (
    <search aria-busy={isPending} className="flex flex-wrap gap-2">
      <Input
        ref={field}
        type="search"
        aria-label="Search tasks by their first words, or ids"
        placeholder="First words of the task, or id"
        maxLength={200}
        value={typed.text}
        onChange={(event) => change({ text: event.target.value }, true)}
        onKeyDown={onKeyDown}
        className="w-full sm:w-60"
      />
      {selects.map(({ name, label, options }) => (
        <Select
          key={name}
          aria-label={label}
          value={typed[name]}
          onValueChange={(value: string) => change({ [name]: value })}
          options={options}
          className="w-[calc(50%-0.25rem)] sm:w-40"
        />
      ))}
      <Input
        type="number"
        inputMode="decimal"
        min={0}
        max={999_999}
        step="any"
        aria-label="Cost above, in dollars"
        placeholder="Cost above $"
        value={typed.cost}
        onChange={(event) => change({ cost: event.target.value }, true)}
        className="w-[calc(50%-0.25rem)] sm:w-32"
      />
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
