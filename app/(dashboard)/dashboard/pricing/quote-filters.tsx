"use client";

import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { useSequence, useShortcut } from "../../shell/use-shortcut";
import { choicesOf, deliveryWords, guardrailWords, modelWords, segmentWords, sourceWords } from "./words";

type ShownFilter = Record<"model" | "segment" | "delivery_type" | "source" | "guardrail" | "from" | "to", string>;

const all = (label: string) => ({ value: "", label });
const selects = [
  { name: "model", label: "Model", options: [all("All models"), ...choicesOf(modelWords)] },
  { name: "segment", label: "Segment", options: [all("All segments"), ...choicesOf(segmentWords)] },
  { name: "delivery_type", label: "Delivery", options: [all("All deliveries"), ...choicesOf(deliveryWords)] },
  { name: "source", label: "Made by", options: [all("Made by anything"), ...choicesOf(sourceWords)] },
  { name: "guardrail", label: "Guard-rail", options: [all("Any guard-rail"), ...choicesOf(guardrailWords)] },
] as const;

/** While a year is typed, the field holds days of the first centuries; those are nobody's wish. */
const isComplete = (day: string) => day === "" || day >= "2000";

/** Narrows the list of quotes. The address is the truth, so a filtered list can be sent to somebody. */
export function QuoteFilters({ filter }: { filter: ShownFilter }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [typed, setTyped] = useState(filter);
  const [shown, setShown] = useState(filter);
  const first = useRef<HTMLDivElement>(null);

  // The address changed by other means than these fields, such as a chip that was removed.
  const isMoved = (Object.keys(filter) as (keyof ShownFilter)[]).some((name) => filter[name] !== shown[name]);
  if (isMoved && !isPending) {
    setShown(filter);
    setTyped(filter);
  }

  const show = (query: string) =>
    startTransition(() => router.replace(`/dashboard/pricing${query ? `?${query}` : ""}`, { scroll: false }));
  useShortcut("shift+f", () => first.current?.querySelector("button")?.focus());
  useSequence("f", (letter) => {
    if (letter === "c") show("");
  });

  function change(part: Partial<ShownFilter>) {
    const next = { ...typed, ...part };
    setTyped(next);
    if (!isComplete(next.from) || !isComplete(next.to)) return;
    show(new URLSearchParams(Object.entries(next).filter(([, value]) => value !== "")).toString());
  }

  return (
    <search aria-busy={isPending}>
      <div ref={first} className="flex flex-wrap gap-2">
        {selects.map(({ name, label, options }) => (
          <Select
            key={name}
            aria-label={label}
            value={typed[name]}
            onValueChange={(value: string) => change({ [name]: value })}
            options={options}
            className="w-[calc(50%-0.25rem)] last-of-type:max-sm:w-full sm:w-40"
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
      </div>
    </search>
  );
}
