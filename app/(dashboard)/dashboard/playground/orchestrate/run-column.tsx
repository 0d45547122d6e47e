"use client";

import { CodeXml, Square, Trophy, X } from "lucide-react";
import { Gauge } from "#components/charts/gauge";
import { ScoreLine } from "#components/charts/score-line";
import { ConnectionNote } from "#components/connection-note";
import { Alert } from "#components/ui/alert";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { formatDuration } from "#components/ui/format";
import { Link } from "#components/ui/link";
import type { ModelChoice } from "../../../model-choices";
import type { QuoteChoice } from "../../../quote-choices";
import { formatDollars, stopWords } from "../../sessions/words";
import { RoundCard } from "./round-card";
import { bestOf } from "./rounds";
import { readSettings, type TypedSettings } from "./settings";
import { SettingsForm } from "./settings-form";
import { isAtWork, type RunColumn } from "./state";

type RunColumnProps = {
  column: RunColumn;
  title: string;
  models: ModelChoice[];
  quotes: QuoteChoice[];
  isWinner: boolean;
  onChange: (settings: TypedSettings) => void;
  onStop: () => void;
  /** Null for the last column, which stays. */
  onRemove: (() => void) | null;
  onShowCode: () => void;
};

/** One setting: what it is, its rounds as they happen, what it costs, and what came of it. */
export function RunColumnView({ column, title, models, quotes, isWinner, ...on }: RunColumnProps) {
  const { status, rounds, failure } = column;
  const atWork = isAtWork(column);
  const read = readSettings(column.settings);
  const best = bestOf(rounds);
  const threshold = read.ok ? read.settings.threshold : 10;
  return (
    <Card className="grid min-w-0 grid-cols-1">
      <header className="flex flex-wrap items-center gap-1.5 border-b py-2 pr-2 pl-4">
        <h2 className="font-medium">{title}</h2>
        <span role="status" className="flex flex-wrap items-center gap-1.5">
          <State column={column} />
          {column.isReconnecting ? <ConnectionNote connection="reconnecting" /> : null}
        </span>
        {isWinner ? (
          <Badge tone="success">
            <Trophy aria-hidden />
            Winner
          </Badge>
        ) : null}
        {column.isSimulated ? <Badge tone="warning">Simulated</Badge> : null}
        <span className="ml-auto flex gap-1">
          {atWork ? (
            <Button size="sm" aria-label={`Stop ${title}`} onClick={on.onStop}>
              <Square aria-hidden />
              Stop
            </Button>
          ) : null}
          <Button
            size="iconSmall"
            variant="ghost"
            aria-label={`View code for ${title}`}
            disabled={!read.ok}
            onClick={on.onShowCode}
          >
            <CodeXml aria-hidden />
          </Button>
          {on.onRemove ? (
            <Button size="iconSmall" variant="ghost" aria-label={`Remove ${title}`} onClick={on.onRemove}>
              <X aria-hidden />
            </Button>
          ) : null}
        </span>
      </header>
      <div className="border-b p-4">
        <SettingsForm
          settings={column.settings}
          onChange={on.onChange}
          models={models}
          quotes={quotes}
          isDisabled={atWork}
        />
      </div>
      <section aria-label={`Run of ${title}`} aria-busy={atWork} className="grid min-w-0 grid-cols-1 gap-3 p-4">
        {status === "idle" ? (
          <p className="text-muted-foreground">Each round appears here as it happens, with its score and feedback.</p>
        ) : (
          <Meter column={column} limit={read.ok ? read.settings.costLimit : null} threshold={threshold} />
        )}
        {rounds.length > 0 ? (
          <ol
            aria-label="Rounds"
            className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,17rem),1fr))] items-start gap-3"
          >
            {rounds.map((round) => (
              <RoundCard
                key={round.number}
                title={title}
                round={round}
                best={best}
                threshold={threshold}
                isOpen={atWork && round === rounds.at(-1)}
              />
            ))}
          </ol>
        ) : null}
        {status === "stopped" ? <Alert tone="info">Stopped. What was judged by then is kept.</Alert> : null}
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

function State({ column: { status, score, stopReason, isCutShort } }: { column: RunColumn }) {
  if (status === "idle") return null;
  if (status === "starting" || status === "running") return <Badge tone="accent">Running</Badge>;
  if (status === "stopped") return <Badge>Stopped</Badge>;
  if (status === "failed") return <Badge tone="danger">Failed</Badge>;
  return (
    <>
      <Badge tone="success">Completed</Badge>
      <span className="text-muted-foreground text-xs tabular-nums">
        {score === null ? "not judged" : `${score.toFixed(1)} of 10`}
        {isCutShort ? ", quoted tokens used up" : stopReason ? `, ${stopWords[stopReason].toLowerCase()}` : ""}
      </span>
    </>
  );
}

type MeterProps = { column: RunColumn; limit: number | null; threshold: number };

function Meter({ column, limit, threshold }: MeterProps) {
  const scores = column.rounds.map(({ attempts }) => {
    const known = attempts.flatMap(({ score }) => (score === null ? [] : [score]));
    return known.length > 0 ? Math.max(...known) : null;
  });
  const spent = `${formatDollars(column.cost)} spent${limit === null ? "" : ` of ${formatDollars(limit)}`}`;
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="grid min-w-60 flex-1 gap-1">
        <p className="text-xs tabular-nums">
          {spent}
          {column.totalMs === null ? "" : `, ${formatDuration(column.totalMs)}`}
          {column.runId ? (
            <>
              ,{" "}
              <Link
                href={`/dashboard/runs/${column.runId}`}
                className="rounded-sm underline decoration-border underline-offset-4 hover:decoration-foreground"
              >
                open the run
              </Link>
            </>
          ) : null}
        </p>
        {limit === null ? null : (
          <Gauge label="Spent of the cost limit" value={column.cost} max={limit} text={spent} marks={[50, 80, 100]} />
        )}
      </div>
      <ScoreLine scores={scores} threshold={threshold} />
    </div>
  );
}
