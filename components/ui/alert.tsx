import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

const tones = {
  info: { icon: Info, look: "border-accent-foreground/20 bg-accent text-accent-foreground" },
  warning: { icon: TriangleAlert, look: "border-warning/25 bg-warning-soft text-warning" },
  danger: { icon: CircleAlert, look: "border-destructive/25 bg-destructive-soft text-destructive" },
};

type AlertProps = { tone: keyof typeof tones; children: ReactNode; className?: string };

/** A message that stays. A danger is announced at once, the others politely. */
export function Alert({ tone, children, className }: AlertProps) {
  const { icon: Icon, look } = tones[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      className={cn("flex gap-2.5 rounded-md border px-3 py-2 [overflow-wrap:anywhere]", look, className)}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
