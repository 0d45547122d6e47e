"use client";

import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { useShortcut } from "../../shell/use-shortcut";
import type { HistoryFilter } from "./query";
import { transactionTypes, typeWords } from "./words";

type Choice = (typeof transactionTypes)[number] | "all";

const options = [
  { value: "all" as const, label: "All types" },
  ...transactionTypes.map((value) => ({ value, label: typeWords[value].label })),
];

/** While a year is typed, the field holds days of the first centuries; those are nobody's wish. */
const isComplete = (day: string) => day === "" || day >= "2000";

/** Narrows the history. The address is the truth, so a filtered history can be sent to somebody. */
export function HistoryFilters({ filter }: { filter: HistoryFilter }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const first = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(filter);
  const [shown, setShown] = useState(filter);

  // The address changed by other means than these fields, such as the button that clears the filter.
  const isMoved = (["type", "from", "to"] as const).some((name) => filter[name] !== shown[name]);
  if (isMoved && !isPending) {
    setShown(filter);
    setTyped(filter);
  }

  useShortcut("shift+f", () => first.current?.focus());

  function change(part: Partial<HistoryFilter>) {
    const next = { ...typed, ...part };
    setTyped(next);
    if (!isComplete(next.from) || !isComplete(next.to)) return;
    const query = new URLSearchParams(Object.entries(next).filter(([, value]) => value !== ""));
    startTransition(() => router.replace(`/dashboard/billing?${query}`, { scroll: false }));
  }

  return (
    <search aria-busy={isPending} className="flex flex-wrap gap-2">
      <Select<Choice>
        aria-label="Type"
        value={transactionTypes.find((type) => type === typed.type) ?? "all"}
        onValueChange={(type) => change({ type: type === "all" ? "" : type })}
        options={options}
        className="w-full sm:w-36"
      />
      <Input
        ref={first}
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
    </search>
  );
}
