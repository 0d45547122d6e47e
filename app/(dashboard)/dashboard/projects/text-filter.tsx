"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useRef, useState, useTransition } from "react";
import { Input } from "#components/ui/input";
import { useSequence, useShortcut } from "../../shell/use-shortcut";

const typingMs = 250;

type TextFilterProps = {
  label: string;
  placeholder: string;
  text: string;
  /** The page's address. */
  path: string;
  /** What else narrows the list; it stays while somebody types. */
  others?: Record<string, string>;
};

/** Searches a list while somebody types. The address is the truth, so a filtered list can be sent to somebody. */
export function TextFilter({ label, placeholder, text, path, others = {} }: TextFilterProps) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [typed, setTyped] = useState(text);
  const [shown, setShown] = useState(text);

  // The address changed by other means than this field, such as a chip that was removed.
  if (text !== shown && !isPending) {
    setShown(text);
    if (text !== typed.trim()) setTyped(text);
  }

  useShortcut("shift+f", () => field.current?.focus());
  useSequence("f", (letter) => {
    if (letter === "c") startTransition(() => router.replace(path, { scroll: false }));
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  function show(next: string) {
    const query = new URLSearchParams({ ...others, ...(next && { q: next }) }).toString();
    startTransition(() => router.replace(query ? `${path}?${query}` : path, { scroll: false }));
  }

  function type(next: string) {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => show(next.trim()), typingMs);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (typed === "") field.current?.blur();
    else type("");
  }

  return (
    <search aria-busy={isPending} className="w-full sm:w-64">
      <Input
        ref={field}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={typed}
        maxLength={200}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </search>
  );
}
