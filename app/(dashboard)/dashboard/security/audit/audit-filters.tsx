"use client";

import { Select } from "#components/ui/select";
import { DateRange, SearchField } from "../../../filter-fields";
import { useAddressFilter } from "../../../use-address-filter";
import type { AuditFilter } from "./query";
import { eventWords, severityWords } from "./words";

/** Narrows the audit log. The address is the truth, so a filtered log can be sent to somebody. */
export function AuditFilters({ filter, actors }: { filter: AuditFilter; actors: Record<string, string> }) {
  const address = useAddressFilter({ path: "/dashboard/security/audit", filter });
  const { typed, isPending, change } = address;
  const known = { ...actors, ...(filter.actor && !actors[filter.actor] && { [filter.actor]: filter.actor }) };
  const selects = [
    {
      name: "actor",
      label: "Actor",
      options: [
        { value: "", label: "Everybody" },
        ...Object.entries(known).map(([value, label]) => ({ value, label })),
      ],
    },
    {
      name: "event",
      label: "Event",
      options: [
        { value: "", label: "All events" },
        ...Object.entries(eventWords).map(([value, detail]) => ({ value, label: value, detail })),
      ],
    },
    {
      name: "severity",
      label: "Severity",
      options: [
        { value: "", label: "All severities" },
        ...Object.entries(severityWords).map(([value, { label }]) => ({ value, label })),
      ],
    },
  ] as const;

  return (
    <search aria-busy={isPending} className="flex flex-wrap gap-2">
      <SearchField
        filter={address}
        label="Search the details"
        placeholder="Text in the details"
        className="w-full sm:w-56"
      />
      {selects.map(({ name, label, options }) => (
        <Select
          key={name}
          aria-label={label}
          value={typed[name]}
          onValueChange={(value: string) => change({ [name]: value })}
          options={options}
          className="w-full sm:w-44"
        />
      ))}
      <DateRange filter={address} />
    </search>
  );
}
