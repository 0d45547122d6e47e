"use client";

import { useState } from "react";
import { toast } from "sonner";

/** A module that is fetched when it is wanted first, and is at hand in the same moment from then on. */
export type OnDemand<Module> = { loaded: Module | undefined; load: () => Promise<void> };

/** Nothing is fetched before `load` is called; a fetch that failed is tried again at the next call. */
export function onDemand<Module>(fetchModule: () => Promise<Module>): OnDemand<Module> {
  const demand: OnDemand<Module> = {
    loaded: undefined,
    load: async () => {
      demand.loaded ??= await fetchModule();
    },
  };
  return demand;
}

/** The module once it was wanted and has arrived, and a function that wants it. A failure shows as a toast. */
export function useOnDemand<Module>(
  { loaded, load }: OnDemand<Module>,
  onFailure?: () => void,
): [Module | undefined, () => void] {
  const [isThere, setIsThere] = useState(false);
  const want = () => {
    load().then(
      () => setIsThere(true),
      () => {
        onFailure?.();
        toast.error("This part of the page could not be fetched.", {
          description: "Check the connection, or load the page again.",
        });
      },
    );
  };
  return [isThere ? loaded : undefined, want];
}

/** For a button: fetches ahead when somebody points at it or reaches it by keyboard. */
export function fetchAhead({ load }: OnDemand<unknown>) {
  // Whether it worked shows when the button is pressed.
  const ahead = () => void load().catch(() => undefined);
  return { onPointerEnter: ahead, onFocus: ahead };
}
