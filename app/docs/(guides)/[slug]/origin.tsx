"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** The origin of this instance as the reader reaches it, in place of the one that the guide is written with. */
export function Origin({ written }: { written: string }) {
  return useSyncExternalStore(
    never,
    () => window.location.origin,
    () => written,
  );
}
