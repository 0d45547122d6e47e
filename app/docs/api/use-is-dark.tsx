"use client";

import { useSyncExternalStore } from "react";
import { useTheme } from "#components/theme/use-theme";

const query = "(prefers-color-scheme: dark)";

function subscribe(onChange: () => void): () => void {
  const media = window.matchMedia(query);
  media.addEventListener("change", onChange);
  return () => media.removeEventListener("change", onChange);
}

/** Whether the page is dark now, by the reader's choice or the system's. */
export function useIsDark(): boolean {
  const [theme] = useTheme();
  const isSystemDark = useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => false,
  );
  return theme === "system" ? isSystemDark : theme === "dark";
}
