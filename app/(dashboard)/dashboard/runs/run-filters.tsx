"use client";

import { cn } from "#components/ui/cn";
import { Select } from "#components/ui/select";
import { DateRange, SearchField } from "../../filter-fields";
import { useAddressFilter } from "../../use-address-filter";
import { kindWords, sortWords, statusWords, strategyWords } from "./words";

export type ShownFilter = Record<"kind" | "strategy" | "status" | "model" | "from" | "to" | "text" | "sort", string>;

const all = (label: string) => ({ value: "", label });
const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
const statusLabels = Object.fromEntries(Object.entries(statusWords).map(([value, { label }]) => [value, label]));

/** Narrows the list of runs. The address is the truth, so a filtered list can be sent to somebody. */
export function RunFilters({ filter, models }: { filter: ShownFilter; models: string[] }) {
  const address = useAddressFilter({ path: "/dashboard/runs", filter, usual: { sort: "newest" } });
  const { typed, isPending, change } = address;
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
      <SearchField
        filter={address}
        label="Search prompts, answers and errors"
        placeholder="Prompt, answer, error or id"
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
      <DateRange filter={address} />
    </search>
  );
}
