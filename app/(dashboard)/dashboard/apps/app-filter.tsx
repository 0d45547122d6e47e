"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useRef, useState, useTransition } from "react";
import { Input } from "#components/ui/input";
import { useShortcut } from "../../shell/use-shortcut";

/** Narrows the apps by name. The address is the truth, so a filtered list can be sent to somebody. */
export function AppFilter({ text }: { text: string }) {
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
    const query = next.trim() === "" ? "" : `?${new URLSearchParams({ q: next.trim() })}`;
    startTransition(() => router.replace(`/dashboard/apps${query}`, { scroll: false }));
  }

  return (
    <search aria-busy={isPending}>
      <Input
        ref={field}
        type="search"
        aria-label="Search apps by name"
        placeholder="Name"
        value={typed}
        maxLength={100}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        className="w-full sm:w-64"
      />
    </search>
  );
}
