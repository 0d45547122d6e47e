import { LoaderCircle, WifiOff } from "lucide-react";
import type { Connection } from "#components/follow-events";

/** Whether what is shown moves by itself. Nothing once it cannot move any more. */
export function ConnectionNote({ connection }: { connection: Connection }) {
  if (connection === "ended") return null;
  if (connection === "live") return <span className="text-muted-foreground text-xs">live</span>;
  const isCut = connection === "reconnecting";
  const Icon = isCut ? WifiOff : LoaderCircle;
  return (
    <span className="flex items-center gap-1.5 text-warning text-xs">
      <Icon aria-hidden className={isCut ? "size-3.5" : "size-3.5 animate-spin"} />
      {isCut ? "Reconnecting. What you see may be old." : "Connecting"}
    </span>
  );
}
