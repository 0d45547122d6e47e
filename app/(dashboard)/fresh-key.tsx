"use client";

import { createContext, type ReactNode, use, useState } from "react";
import { KeyReveal, type RevealedKey } from "./key-reveal";

type FreshKey = {
  /** Origin of this instance without a trailing slash. */
  origin: string;
  /** A model that can be called now, for examples. */
  model: string;
  /** The key made or rotated last since this page was loaded. It lives in memory only. */
  freshKey: string | null;
  /** Shows a new key, once. */
  reveal: (key: RevealedKey) => void;
};

const FreshKeyContext = createContext<FreshKey | null>(null);

/**
 * Holds the key that was just made. It stands above all pages, because the button that made the key may be gone once the
 * list is no longer empty, and the dialog with the only copy must not go with it.
 */
export function FreshKeyProvider({ origin, model, children }: { origin: string; model: string; children: ReactNode }) {
  const [revealed, setRevealed] = useState<RevealedKey | null>(null);
  const [freshKey, setFreshKey] = useState<string | null>(null);

  function reveal(key: RevealedKey) {
    setRevealed(key);
    setFreshKey(key.key);
  }

  return (
    <FreshKeyContext value={{ origin, model, freshKey, reveal }}>
      {children}
      {revealed ? (
        <KeyReveal
          key={revealed.key}
          revealed={revealed}
          origin={origin}
          model={model}
          onDone={() => setRevealed(null)}
        />
      ) : null}
    </FreshKeyContext>
  );
}

/** The key made since this page was loaded, and the way to show a new one. */
export function useFreshKey(): FreshKey {
  const value = use(FreshKeyContext);
  if (value === null) throw new Error("useFreshKey needs a FreshKeyProvider above it");
  return value;
}
