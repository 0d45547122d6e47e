"use client";

import { useRef } from "react";
import { Select } from "#components/ui/select";
import { DateRange } from "../../filter-fields";
import { useShortcut } from "../../shell/use-shortcut";
import { useAddressFilter } from "../../use-address-filter";
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

/** Narrows the list of quotes. The address is the truth, so a filtered list can be sent to somebody. */
export function QuoteFilters({ filter }: { filter: ShownFilter }) {
  const address = useAddressFilter({ path: "/dashboard/pricing", filter });
  const { typed, isPending, change } = address;
  const first = useRef<HTMLDivElement>(null);
  useShortcut("shift+f", () => first.current?.querySelector("button")?.focus());

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
        <DateRange filter={address} />
      </div>
    </search>
  );
}
