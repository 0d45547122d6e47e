"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const atMostMs = 10 * 60_000;

/** Reads the page again every two seconds, unless said otherwise, while somebody looks at it: what is done shows at once. */
export function Refresh({ everyMs = 2_000 }: { everyMs?: number }) {
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
  }, [router, everyMs]);
  return null;
}
