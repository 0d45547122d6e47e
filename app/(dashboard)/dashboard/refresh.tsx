"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const everyMs = 2_000;
const atMostMs = 10 * 60_000;

/** Reads the page again every two seconds while somebody looks at it, so that a step ticks as soon as it is done. */
export function Refresh() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, everyMs);
    const end = setTimeout(() => clearInterval(timer), atMostMs);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [router]);
  return null;
}
