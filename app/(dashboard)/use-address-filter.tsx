"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { useSequence } from "./shell/use-shortcut";

const typingMs = 250;

/** While a year is typed, the field holds days of the first centuries; those are nobody's wish. */
const isComplete = (day = "") => day === "" || day >= "2000";

type Options<F> = {
  /** The page's address. */
  path: string;
  /** What the address asks for; empty text where it asks for nothing. */
  filter: F;
  /** Values that are as on a first visit and need not stand in the address. */
  usual?: Partial<F>;
};

/** What narrows a list and how its fields change that. */
export type AddressFilter<F> = {
  typed: F;
  isPending: boolean;
  /** `isTyped`: waits until somebody stops typing. */
  change(part: Partial<F>, isTyped?: boolean): void;
};

/**
 * Keeps the fields of a filter and the address together. The address is the truth, so a filtered list can be sent to
 * somebody; F then C clears it. `from` and `to`, where a filter has them, are days; `text` is what is searched for.
 */
export function useAddressFilter<F extends Record<string, string>>({
  path,
  filter,
  usual,
}: Options<F>): AddressFilter<F> {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [typed, setTyped] = useState(filter);
  const [shown, setShown] = useState(filter);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The address changed by other means than these fields, such as a chip that was removed.
  if (!isPending && Object.keys(filter).some((name) => filter[name] !== shown[name])) {
    setShown(filter);
    // A space at the end of what is being typed is not in the address.
    const isSameText = typed.text !== undefined && filter.text === typed.text.trim();
    setTyped(isSameText ? { ...filter, text: typed.text } : filter);
  }

  const go = (query: string) =>
    startTransition(() => router.replace(query ? `${path}?${query}` : path, { scroll: false }));
  useSequence("f", (letter) => {
    if (letter === "c") go("");
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  function show(next: F) {
    const given = Object.entries(next)
      .map(([name, value]): [string, string] => [name, value.trim()])
      .filter(([name, value]) => value !== "" && value !== usual?.[name]);
    go(new URLSearchParams(given).toString());
  }

  function change(part: Partial<F>, isTyped = false) {
    const next = { ...typed, ...part };
    setTyped(next);
    clearTimeout(timer.current);
    if (!isComplete(next.from) || !isComplete(next.to)) return;
    if (isTyped) timer.current = setTimeout(() => show(next), typingMs);
    else show(next);
  }

  return { typed, isPending, change };
}
