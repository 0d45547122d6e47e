"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useRef, useState, useTransition } from "react";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import type { KeyEnvironment } from "#lib/keys/schema";
import { useShortcut } from "../../shell/use-shortcut";
import { environments, environmentWords } from "./words";

type Choice = KeyEnvironment | "all";

const options = [
  { value: "all" as const, label: "All environments" },
  ...environments.map((value) => ({ value, label: environmentWords[value] })),
];

/** Narrows the list. The address is the truth, so a filtered list can be sent to somebody. */
export function KeyFilters({ text, environment }: { text: string; environment: KeyEnvironment | null }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  const [shown, setShown] = useState(text);

  // The address changed by other means than this field, such as the button that clears the filter.
  if (text !== shown && !isPending) {
    setShown(text);
    if (text !== typed.trim()) setTyped(text);
  }

  useShortcut("shift+f", () => field.current?.focus());

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (typed === "") field.current?.blur();
    else change("");
  }

  function change(next: string) {
    setTyped(next);
    show(next, environment ?? "all");
  }

  function show(nextText: string, nextEnvironment: Choice) {
    const query = new URLSearchParams();
    if (nextText.trim() !== "") query.set("q", nextText.trim());
    if (nextEnvironment !== "all") query.set("environment", nextEnvironment);
    startTransition(() => router.replace(`/dashboard/api-keys?${query}`, { scroll: false }));
  }

  return (
    <search aria-busy={isPending} className="flex flex-wrap gap-2">
      <Input
        ref={field}
        type="search"
        aria-label="Search keys by name or preview"
        placeholder="Name or preview"
        value={typed}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        className="w-full sm:w-64"
      />
      <Select<Choice>
        aria-label="Environment"
        value={environment ?? "all"}
        onValueChange={(next) => show(typed, next)}
        options={options}
        className="w-full sm:w-44"
      />
    </search>
  );
}
