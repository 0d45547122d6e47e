import { Check, LoaderCircle, X } from "lucide-react";
import { Alert } from "#components/ui/alert";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { formatDuration } from "#components/ui/format";
import { LazyAnswer } from "../../../playground/lazy-answer";
import { plural } from "../../words";
import type { CallState, Progress } from "./use-invoke";

const stepWords: Record<string, string> = {
  generate: "Wrote",
  evaluate: "Judged",
  merge: "Merged",
  summarize: "Summarized",
};

/** What a call does while it runs, and what came of it. */
export function CallOutcome({ state }: { state: CallState }) {
  const { status, steps, answer, failure, elapsedMs } = state;
  return (
    <Card className="min-w-0">
      <section aria-label="Answer" aria-busy={status === "running"} className="grid min-w-0 gap-3 p-4">
        <header className="flex flex-wrap items-center gap-2">
          <h3 className="font-medium">Answer</h3>
          {answer?.isSimulated ? <Badge tone="warning">Simulated</Badge> : null}
          {answer?.isCutShort ? <Badge tone="warning">Quoted tokens used up</Badge> : null}
          {answer ? (
            <span className="ml-auto text-muted-foreground text-xs tabular-nums">
              {answer.version}, {plural(answer.credits, "credit")}, {formatDuration(elapsedMs)}
            </span>
          ) : null}
        </header>
        {status === "idle" ? (
          <p className="text-muted-foreground">It appears here, with each step on the way.</p>
        ) : null}
        {steps.length > 0 || status === "running" ? (
          <ol aria-label="Steps of the call" className="grid gap-1 text-muted-foreground text-xs">
            {steps.map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added at the end.
              <StepLine key={index} step={step} />
            ))}
            {status === "running" ? (
              <li className="flex items-center gap-1.5">
                <LoaderCircle aria-hidden className="size-3.5 animate-spin text-primary" />
                Working
              </li>
            ) : null}
          </ol>
        ) : null}
        {answer ? <LazyAnswer text={answer.output} isStreaming={false} /> : null}
        {failure ? (
          <Alert tone="danger">
            {failure.message}
            {Object.entries(failure.fields).map(([field, message]) => (
              <span key={field} className="block">
                {field}: {message}
              </span>
            ))}
            {failure.requestId ? <span className="block text-xs">Request id {failure.requestId}</span> : null}
          </Alert>
        ) : null}
      </section>
    </Card>
  );
}

function StepLine({ step }: { step: Progress }) {
  const { name, model, score, isFailed } = step;
  const Icon = isFailed ? X : Check;
  return (
    <li className="flex items-center gap-1.5">
      <Icon aria-hidden className={isFailed ? "size-3.5 text-destructive" : "size-3.5 text-success"} />
      {isFailed ? "Failed" : (stepWords[name] ?? name)} with {model}
      {score === null ? null : <span className="tabular-nums">, {score.toFixed(1)} of 10</span>}
    </li>
  );
}
