"use client";

import { useEffect, useState } from "react";

/**
 * What a mailed link brought behind the `#`, taken out of the address, so that no token stays in the history or in a copied
 * link. Null until the page runs in the browser.
 */
export function useFragment(): URLSearchParams | null {
  const [fragment, setFragment] = useState<URLSearchParams | null>(null);
  useEffect(() => {
    const { hash, pathname, search } = window.location;
    const found = new URLSearchParams(hash.slice(1));
    // The second run of a development build finds nothing any more.
    setFragment((current) => current ?? found);
    if (found.size > 0) window.history.replaceState(window.history.state, "", pathname + search);
  }, []);
  return fragment;
}
