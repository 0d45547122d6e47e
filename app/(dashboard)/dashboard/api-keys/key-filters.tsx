"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import type { KeyEnvironment } from "#lib/keys/schema";
import { environmentWords } from "./words";

type Choice = KeyEnvironment | "all";

const options = [
  { value: "all" as const, label: "All environments" },
  { value: "live" as const, label: environmentWords.live },
  { value: "staging" as const, label: environmentWords.staging },
  { value: "dev" as const, label: environmentWords.dev },
];

/** Narrows the list. The address is the truth, so a filtered list can be sent to somebody. */
export function KeyFilters({ text, environment }: { text: string; environment: KeyEnvironment | null }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [typed, setTyped] = useState(text);

  function show(nextText: string, nextEnvironment: Choice) {
    const query = new URLSearchParams();
    if (nextText.trim() !== "") query.set("q", nextText.trim());
    if (nextEnvironment !== "all") query.set("environment", nextEnvironment);
    startTransition(() => router.replace(`/dashboard/api-keys?${query}`, { scroll: false }));
  }

  return (
    <search aria-busy={isPending} className="flex flex-wrap gap-2">
      <Input
        type="search"
        aria-label="Search keys by name or preview"
        placeholder="Name or preview"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          show(event.target.value, environment ?? "all");
        }}
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
