"use client";

import { type KeyboardEvent, useRef } from "react";
import { Input } from "#components/ui/input";
import { useShortcut } from "./shell/use-shortcut";
import type { AddressFilter } from "./use-address-filter";

type SearchFieldProps = {
  filter: AddressFilter<Record<string, string>>;
  label: string;
  placeholder: string;
  className?: string;
};

/** What is searched for. Shift+F leads here; Escape empties it, and then leaves it. */
export function SearchField({ filter: { typed, change }, label, placeholder, className }: SearchFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useShortcut("shift+f", () => field.current?.focus());

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (typed.text === "") field.current?.blur();
    else change({ text: "" });
  }

  return (
    <Input
      ref={field}
      type="search"
      aria-label={label}
      placeholder={placeholder}
      maxLength={200}
      value={typed.text}
      onChange={(event) => change({ text: event.target.value }, true)}
      onKeyDown={onKeyDown}
      className={className}
    />
  );
}

/** From which day to which; neither may pass the other. */
export function DateRange({ filter: { typed, change } }: Pick<SearchFieldProps, "filter">) {
  return (
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
  );
}
