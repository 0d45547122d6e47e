"use client";

import { Check, ChevronRight, Circle, LoaderCircle, X } from "lucide-react";
import { useState } from "react";
import { cn } from "#components/ui/cn";
import { formatDuration } from "#components/ui/format";
import type { Deployment } from "#lib/deployments/schema";
import { stepWords } from "../../../words";
import { LiveDuration } from "./live-duration";
import { StepLog } from "./step-log";

type Step = Deployment["progress"]["steps"][number];

const looks = {
  pending: { icon: Circle, look: "text-muted-foreground", words: "waits" },
  processing: { icon: LoaderCircle, look: "animate-spin text-primary", words: "runs" },
  completed: { icon: Check, look: "text-success", words: "completed" },
  failed: { icon: X, look: "text-destructive", words: "failed" },
} as const;

/** The five steps from top to bottom. The one that runs or failed is open unless the reader closed it. */
export function Timeline({ steps, isOpen }: { steps: Step[]; isOpen: boolean }) {
  const [chosen, setChosen] = useState<Partial<Record<Step["name"], boolean>>>({});
  return (
    <ol aria-label="Steps" className="grid">
      {steps.map((step) => {
        const isShown = chosen[step.name] ?? (step.status === "failed" || step.status === "processing");
        return (
          <StepItem
            key={step.name}
            step={step}
            isLive={isOpen && step.status === "processing"}
            isShown={isShown}
            onToggle={() => setChosen({ ...chosen, [step.name]: !isShown })}
          />
        );
      })}
    </ol>
  );
}

type StepItemProps = { step: Step; isLive: boolean; isShown: boolean; onToggle: () => void };

function StepItem({ step, isLive, isShown, onToggle }: StepItemProps) {
  const { name, status, log, error, started_at, completed_at } = step;
  const { icon: Icon, look, words } = looks[status];
  const hasMore = log.length > 0 || error !== undefined;
  const title = (
    <>
      <Icon aria-hidden className={cn("size-4 shrink-0", look)} />
      <span className={cn("min-w-0 flex-1 text-left", status === "pending" ? "text-muted-foreground" : "font-medium")}>
        {stepWords[name]}
        <span className="sr-only">, {words}</span>
      </span>
      <span className="text-muted-foreground text-xs tabular-nums">
        {started_at && completed_at ? formatDuration(Date.parse(completed_at) - Date.parse(started_at)) : null}
        {isLive && started_at ? <LiveDuration since={started_at} /> : null}
      </span>
    </>
  );
  return (
    <li className="border-b last:border-b-0">
      {hasMore ? (
        <button
          type="button"
          aria-expanded={isShown}
          onClick={onToggle}
          className="flex w-full items-center gap-2.5 rounded-lg px-4 py-3 -outline-offset-2 hover:bg-muted/40"
        >
          {title}
          <ChevronRight
            aria-hidden
            className={cn("size-4 text-muted-foreground transition-transform", isShown && "rotate-90")}
          />
        </button>
      ) : (
        <div className="flex items-center gap-2.5 py-3 pr-10 pl-4">{title}</div>
      )}
      {hasMore && isShown ? (
        <div className="grid gap-2 px-4 pb-3 sm:pl-10.5">
          {error ? <p className="text-destructive [overflow-wrap:anywhere]">{error}</p> : null}
          {log.length > 0 ? <StepLog label={stepWords[name]} lines={log} /> : null}
        </div>
      ) : null}
    </li>
  );
}
