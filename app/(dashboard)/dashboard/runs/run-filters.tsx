"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useRef, useState, useTransition } from "react";
import { cn } from "#components/ui/cn";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { useSequence, useShortcut } from "../../shell/use-shortcut";
import { kindWords, sortWords, statusWords, strategyWords } from "./words";

export type ShownFilter = Record<"kind" | "strategy" | "status" | "model" | "from" | "to" | "text" | "sort", string>;

const typingMs = 250;
const all = (label: string) => ({ value: "", label });
const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
const statusLabels = Object.fromEntries(Object.entries(statusWords).map(([value, { label }]) => [value, label]));

/** While a year is typed, the field holds days of the first centuries; those are nobody's wish. */
const isComplete = (day: string) => day === "" || day >= "2000";

/** Narrows the list of runs. The address is the truth, so a filtered list can be sent to somebody. */
export function RunFilters({ filter, models }: { filter: ShownFilter; models: string[] }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(filter);
  const [shown, setShown] = useState(filter);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The address changed by other means than these fields, such as a chip that was removed.
  const isMoved = (Object.keys(filter) as (keyof ShownFilter)[]).some((name) => filter[name] !== shown[name]);
  if (isMoved && !isPending) {
    setShown(filter);
    if (filter.text !== typed.text.trim()) setTyped(filter);
    else setTyped({ ...filter, text: typed.text });
  }

  useShortcut("shift+f", () => field.current?.focus());
  useSequence("f", (letter) => {
    if (letter === "c") startTransition(() => router.replace("/dashboard/runs", { scroll: false }));
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  function show(next: ShownFilter) {
    clearTimeout(timer.current);
    const given = Object.entries({ ...next, text: next.text.trim() }).filter(
      ([name, value]) => value !== "" && !(name === "sort" && value === "newest"),
    );
    const query = new URLSearchParams(given).toString();
    startTransition(() => router.replace(`/dashboard/runs${query ? `?${query}` : ""}`, { scroll: false }));
  }

  function change(part: Partial<ShownFilter>) {
    const next = { ...typed, ...part };
    setTyped(next);
    if (isComplete(next.from) && isComplete(next.to)) show(next);
  }

  function type(text: string) {
    const next = { ...typed, text };
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => show(next), typingMs);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (typed.text === "") field.current?.blur();
    else change({ text: "" });
  }

  const selects = [
    { name: "kind", label: "Kind", options: [all("All kinds"), ...choices(kindWords)] },
    { name: "strategy", label: "Strategy", options: [all("All strategies"), ...choices(strategyWords)] },
    { name: "status", label: "Status", options: [all("All states"), ...choices(statusLabels)] },
    {
      name: "model",
      label: "Model",
      options: [all("All models"), ...models.map((value) => ({ value, label: value }))],
    },
    { name: "sort", label: "Order", options: choices(sortWords) },
  ] as const;

  return (
    <search aria-busy={isPending} className="flex flex-wrap gap-2">
      <Input
        ref={field}
        type="search"
        aria-label="Search prompts, answers and errors"
        placeholder="Prompt, answer, error or id"
        value={typed.text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
        className="w-full sm:w-64"
      />
      {selects.map(({ name, label, options }) => (
        <Select
          key={name}
          aria-label={label}
          value={typed[name]}
          onValueChange={(value: string) => change({ [name]: value })}
          options={options}
          className={cn("sm:w-40", name === "sort" ? "w-full" : "w-[calc(50%-0.25rem)]")}
        />
      ))}
      <div className="flex gap-2 max-sm:w-full">
        <Input
          type="date"
          aria-label="From"
          max={typed.to || undefined}
          value={typed.from}
          onChange={(event) => change({ from: event.target.value })}
          className="w-auto max-sm:flex-1"
        />
        <Input
          type="date"
          aria-label="To"
          min={typed.from || undefined}
          value={typed.to}
          onChange={(event) => change({ to: event.target.value })}
          className="w-auto max-sm:flex-1"
        />
      </div>
    </search>
  );
}
