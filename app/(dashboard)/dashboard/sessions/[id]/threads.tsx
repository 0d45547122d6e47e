import { Markdown } from "#components/markdown/markdown";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Section } from "#components/ui/section";
import type { Orchestration, Thread } from "#lib/orchestration/schema";
import { StatusBadge } from "../../runs/status-badge";
import { formatDollars, stopWords, threadWords, zoned } from "../words";

type ThreadsProps = {
  threads: Thread[];
  orchestrations: Orchestration[];
  /** The run of an orchestration, by the orchestration's id. */
  runs: ReadonlyMap<string, string>;
};

/** The threads of a session, the newest first, each with its orchestrations and the best answer so far. */
export function Threads({ threads, orchestrations, runs }: ThreadsProps) {
  return (
    <Section title="Threads" description="Each prompt with the orchestrations that worked on it.">
      {threads.length === 0 ? (
        <EmptyState title="No threads yet" level={3}>
          A program adds one with <code className="font-mono text-xs">POST /api/threads/</code> and starts work on it
          with <code className="font-mono text-xs">POST /api/orchestration/start</code>.
        </EmptyState>
      ) : (
        <ol className="grid grid-cols-1 gap-3">
          {threads.toReversed().map((thread) => (
            <li key={thread._id} className="min-w-0">
              <ThreadCard
                thread={thread}
                orchestrations={orchestrations.filter(({ thread_id }) => thread_id === thread._id)}
                runs={runs}
              />
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function ThreadCard({ thread, orchestrations, runs }: Omit<ThreadsProps, "threads"> & { thread: Thread }) {
  const { tone, label } = threadWords[thread.status];
  return (
    <Card className="grid min-w-0 grid-cols-1 gap-3 p-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <h3 className="line-clamp-2 min-w-0 flex-1 basis-60 font-medium [overflow-wrap:anywhere]">
          {thread.original_prompt}
        </h3>
        <Badge tone={tone}>{label}</Badge>
        <span className="text-muted-foreground text-xs tabular-nums">
          {thread.domain}, {thread.best_score === null ? "not judged" : `best ${thread.best_score.toFixed(1)} of 10`},{" "}
          {formatDollars(thread.total_cost)}
        </span>
      </header>
      {orchestrations.length > 0 ? (
        <ul aria-label="Orchestrations" className="grid gap-1.5">
          {orchestrations.map((one) => (
            <OrchestrationLine key={one._id} orchestration={one} runId={runs.get(one._id)} />
          ))}
        </ul>
      ) : (
        <p className="text-muted-foreground text-xs">No orchestration was started.</p>
      )}
      {thread.best_response === null ? null : (
        <details className="min-w-0">
          <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground text-xs hover:text-foreground">
            Show the best answer
          </summary>
          <div className="mt-2 min-w-0 rounded-md border p-3">
            <Markdown text={thread.best_response} />
          </div>
        </details>
      )}
    </Card>
  );
}

function OrchestrationLine({ orchestration, runId }: { orchestration: Orchestration; runId: string | undefined }) {
  const { _id: id, status, iterations, settings, final_score, stop_reason, error, created_at } = orchestration;
  const isCutShort = orchestration.quote_limit_reached === true;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
      <StatusBadge status={status} />
      {runId ? (
        <Link
          href={`/dashboard/runs/${runId}`}
          className="rounded-sm font-mono underline decoration-border underline-offset-4 hover:decoration-foreground"
        >
          {id}
        </Link>
      ) : (
        <span className="font-mono">{id}</span>
      )}
      <span className="text-muted-foreground tabular-nums">
        {iterations} of {settings.max_iterations} rounds
        {final_score === null ? "" : `, ${final_score.toFixed(1)} of 10`}
        {isCutShort ? ", quoted tokens used up" : stop_reason ? `, ${stopWords[stop_reason].toLowerCase()}` : ""},{" "}
        <RelativeTime value={zoned(created_at)} />
      </span>
      {error ? <span className="w-full text-destructive [overflow-wrap:anywhere]">{error}</span> : null}
    </li>
  );
}
