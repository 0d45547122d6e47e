"use client";

import { LoaderCircle } from "lucide-react";
import { Badge } from "#components/ui/badge";
import { formatNumber } from "#components/ui/format";
import { formatDollars } from "../../sessions/words";
import { LazyAnswer } from "../lazy-answer";
import type { Attempt, Round } from "./rounds";

type RoundCardProps = {
  /** Of the setting. */ title: string;
  round: Round;
  best: Attempt | null;
  threshold: number;
  isOpen: boolean;
};

/** One round: who was chosen and why, what was answered, and what the judge made of it. */
export function RoundCard({ title, round, best, threshold, isOpen }: RoundCardProps) {
  return (
    <li className="grid min-w-0 content-start gap-3 rounded-md border p-3">
      <h3 className="font-medium">Round {round.number}</h3>
      {round.attempts.map((attempt, index) => (
        <AttemptView
          // biome-ignore lint/suspicious/noArrayIndexKey: attempts are only ever added at the end.
          key={index}
          label={`${title}, round ${round.number}, answer of ${attempt.model}`}
          attempt={attempt}
          isBest={attempt === best}
          isGoodEnough={(attempt.score ?? -1) >= threshold}
          isOpen={isOpen && index === round.attempts.length - 1}
        />
      ))}
    </li>
  );
}

type AttemptProps = { label: string; attempt: Attempt; isBest: boolean; isGoodEnough: boolean; isOpen: boolean };

function AttemptView({ label, attempt, isBest, isGoodEnough, isOpen }: AttemptProps) {
  const { model, reasoning, preview, response, tokens, cost, evaluator, score, feedback } = attempt;
  const isFailed = preview === null && !isOpen;
  return (
    <div className="grid min-w-0 gap-2">
      <div className="flex flex-wrap items-center gap-1.5">
        <h4 className="font-medium [overflow-wrap:anywhere]">{model}</h4>
        {score === null ? null : <Badge tone={isGoodEnough ? "success" : "accent"}>{score.toFixed(1)} of 10</Badge>}
        {score === null && evaluator !== null ? <Badge tone="warning">Not judged</Badge> : null}
        {isBest ? <Badge tone="success">Best</Badge> : null}
        {isFailed ? <Badge tone="danger">No answer</Badge> : null}
      </div>
      <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">{reasoning}</p>
      {response === null ? (
        preview === null ? null : (
          <p className="text-muted-foreground [overflow-wrap:anywhere]">{preview}…</p>
        )
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        <section aria-label={label} tabIndex={0} className="max-h-72 min-w-0 overflow-y-auto rounded-sm">
          <LazyAnswer text={response} isStreaming={false} />
        </section>
      )}
      {isOpen && evaluator === null ? (
        <p className="flex items-center gap-1.5 text-muted-foreground text-xs">
          <LoaderCircle aria-hidden className="size-3.5 animate-spin text-primary" />
          {preview === null ? "Answering" : "Being judged"}
        </p>
      ) : null}
      {feedback ? (
        <p className="border-l-2 pl-2 text-xs [overflow-wrap:anywhere]">
          <span className="text-muted-foreground">{evaluator} says: </span>
          {feedback}
        </p>
      ) : null}
      {tokens === null ? null : (
        <p className="text-muted-foreground text-xs tabular-nums">
          {formatNumber(tokens)} tokens{cost === null ? "" : `, ${formatDollars(cost)}`}
        </p>
      )}
    </div>
  );
}
