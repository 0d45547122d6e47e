"use client";

import { useEffect, useState } from "react";
import { formatDuration } from "#components/ui/format";

/** How long something has been going on, once a second. */
export function LiveDuration({ since }: { since: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  // The clocks of server and browser may differ.
  return <span suppressHydrationWarning>{formatDuration(Math.max(0, now - Date.parse(since)))}</span>;
}
