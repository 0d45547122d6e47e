"use client";

import { useRef } from "react";
import { Select } from "#components/ui/select";
import { DateRange } from "../../filter-fields";
import { useShortcut } from "../../shell/use-shortcut";
import { useAddressFilter } from "../../use-address-filter";
import type { HistoryFilter } from "./query";
import { transactionTypes, typeWords } from "./words";

type Choice = (typeof transactionTypes)[number] | "all";

const options = [
  { value: "all" as const, label: "All types" },
  ...transactionTypes.map((value) => ({ value, label: typeWords[value].label })),
];

/** Narrows the history. */
export function HistoryFilters({ filter }: { filter: HistoryFilter }) {
  const address = useAddressFilter({ path: "/dashboard/billing", filter });
  const { typed, isPending, change } = address;
  const fields = useRef<HTMLDivElement>(null);
  useShortcut("shift+f", () => fields.current?.querySelector<HTMLInputElement>("input[type=date]")?.focus());

  return (
    <search aria-busy={isPending}>
      <div ref={fields} className="flex flex-wrap gap-2">
        <Select<Choice>
          aria-label="Type"
          value={transactionTypes.find((type) => type === typed.type) ?? "all"}
          onValueChange={(type) => change({ type: type === "all" ? "" : type })}
          options={options}
          className="w-full sm:w-36"
        />
        <DateRange filter={address} />
      </div>
    </search>
  );
}
