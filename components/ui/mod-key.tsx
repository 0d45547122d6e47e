"use client";

import { useSyncExternalStore } from "react";
import { Kbd } from "./kbd";

const never = () => () => undefined;
const read = () => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Keys pressed together with the command key of the reader's system: ⌘ on Apple's, Ctrl elsewhere. */
export function ModKey({ then }: { then: string }) {
  const isApple = useSyncExternalStore(never, read, () => false);
  return (
    <span className="inline-flex gap-1">
      <Kbd>{isApple ? "⌘" : "Ctrl"}</Kbd>
      <Kbd>{then}</Kbd>
    </span>
  );
}
