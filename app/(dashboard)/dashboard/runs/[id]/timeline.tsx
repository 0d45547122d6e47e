import { Check, LoaderCircle, Square, X } from "lucide-react";
import { Markdown } from "#components/markdown/markdown";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { cn } from "#components/ui/cn";
import { formatDuration, formatMicros, formatNumber } from "#components/ui/format";
import type { StoredStep } from "#lib/runs/schema";
import { stepWords } from "../words";
import { StepItem } from "./step-item";

const looks = {
  completed: { icon: Check, look: "text-success" },
  failed: { icon: X, look: "text-destructive" },
  cancelled: { icon: Square, look: "text-muted-foreground" },
} as const;

/** The model calls of a run in their order, each with what it took and, opened, with what it said. */
export function Timeline({ steps, isOpen }: { steps: StoredStep[]; isOpen: boolean }) {
  return (
    <Card className="min-w-0">
      <ol aria-label="Steps" className="grid grid-cols-1">
        {steps.map((step) => (
          <li key={step.id} className="min-w-0 border-b last:border-b-0">
            <Step step={step} />
          </li>
        ))}
        {isOpen ? (
          <li className="flex items-center gap-2.5 border-t px-4 py-3 text-muted-foreground first:border-t-0">
            <LoaderCircle aria-hidden className="size-4 animate-spin text-primary" />
            {steps.length === 0 ? "The first call is under way." : "The next call is under way."}
          </li>
        ) : null}
      </ol>
    </Card>
  );
}

function Step({ step }: { step: StoredStep }) {
  const isBare = step.output === null && step.feedback === null && step.errorMessage === null;
  if (isBare) {
    return (
      <div className="flex items-start gap-2.5 px-4 py-3">
        <StepTitle step={step} />
      </div>
    );
  }
  return (
    <StepItem
      title={<StepTitle step={step} />}
      details={<StepDetails step={step} />}
      isOpenAtFirst={step.status === "failed"}
    />
  );
}

function StepTitle({ step }: { step: StoredStep }) {
  const { icon: Icon, look } = looks[step.status];
  return (
    <>
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", look)} />
      <span className="grid min-w-0 flex-1 gap-0.5 text-left">
        <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">
            {stepWords[step.name]}
            {step.round ? `, round ${step.round}` : ""}
            <span className="sr-only">, {step.status}</span>
          </span>
          <span className="text-muted-foreground [overflow-wrap:anywhere]">{step.model}</span>
          {step.score === null ? null : <Badge tone="accent">{step.score.toFixed(1)} of 10</Badge>}
          {step.simulated ? <Badge tone="warning">Simulated</Badge> : null}
        </span>
        <span className="text-muted-foreground text-xs tabular-nums">
          {formatNumber(step.inputTokens)} in, {formatNumber(step.outputTokens)} out, {formatMicros(step.costMicros)},{" "}
          {formatDuration(step.latencyMs)}
        </span>
      </span>
    </>
  );
}

function StepDetails({ step }: { step: StoredStep }) {
  const { name, output, feedback, errorCode, errorMessage } = step;
  // A judge answers in JSON of which score and feedback are shown already; it is worth reading only when it is unusable.
  const isJudgement = name === "evaluate" && step.score !== null;
  return (
    <div className="grid min-w-0 gap-3 px-4 pb-4 sm:pl-10.5">
      {errorMessage ? (
        <p className="text-destructive [overflow-wrap:anywhere]">
          {errorMessage} <span className="text-xs">({errorCode})</span>
        </p>
      ) : null}
      {feedback ? (
        <p className="[overflow-wrap:anywhere]">
          <span className="text-muted-foreground">Feedback: </span>
          {feedback}
        </p>
      ) : null}
      {output && !isJudgement ? <Markdown text={output} /> : null}
      {step.status === "completed" && output === "" ? (
        <p className="text-muted-foreground">The model answered with no text.</p>
      ) : null}
    </div>
  );
}
