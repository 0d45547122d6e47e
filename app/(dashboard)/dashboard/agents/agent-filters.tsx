"use client";

import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { DateRange, SearchField } from "../../filter-fields";
import { useAddressFilter } from "../../use-address-filter";
import type { AgentFilter } from "./query";
import { statuses, statusWords } from "./words";

const option = (value: string) => ({ value, label: value });

type AgentFiltersProps = { filter: AgentFilter; models: string[]; teams: string[] };

/** Narrows the list of agents. The address is the truth, so a filtered list can be sent to somebody. */
export function AgentFilters({ filter, models, teams }: AgentFiltersProps) {
  const address = useAddressFilter({ path: "/dashboard/agents", filter, usual: { sort: "-created_at" } });
  const { typed, isPending, change } = address;
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
      <SearchField
        filter={address}
        label="Search tasks by their first words, or ids"
        placeholder="First words of the task, or id"
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
      <DateRange filter={address} />
    </search>
  );
}
