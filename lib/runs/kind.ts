import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/transaction";
import type { ClaimedRun } from "#lib/runs/claim-queries";
import type { Step, StoredStep } from "#lib/runs/schema";
import type { StrategyEvent, Task } from "#lib/runs/strategies/step";

/** What the worker brings to a run's task: its abort, its end, its place among the stored steps, and its followers. */
export type TaskParts = Required<Pick<Task, "signal" | "deadline" | "steps" | "tell">>;

/** What every strategy of a kind comes to at least. The score is from 0 to 10, null when nobody judged. */
export type RunResult = { output: string; score: number | null; model: string | null };

/** A result with all steps of its run, those of earlier workers included, and what they were charged in micro-dollars. */
export type RunExecution<R extends RunResult = RunResult> = {
  result: R;
  steps: (Step | StoredStep)[];
  chargedMicros: number;
};

export type RunFailure = { status: "failed" | "cancelled"; errorCode: string; errorMessage: string };

/**
 * A kind of run that workers carry out and take over from each other. Everything but `begin` runs in the transaction of
 * what it is named after, and writes what must be true together with it.
 */
export type Kind<R extends RunResult = RunResult> = {
  /** Locks rows of the kind's own. It always comes before the run's row, so that two transactions never wait in a ring. */
  lock?(tx: Tx, ctx: Context, runId: string): Promise<unknown>;
  /**
   * The strategy of a run. It must decide by nothing but what is stored with the run and the outcomes of its own calls,
   * because after a take-over it is begun again and its calls are answered from their steps.
   */
  begin(ctx: Context, run: ClaimedRun, parts: TaskParts): Promise<AsyncGenerator<StrategyEvent, R>>;
  /** A worker began the run for the first time. */
  started?(tx: Tx, ctx: Context, runId: string): Promise<unknown>;
  stepped?(tx: Tx, ctx: Context, runId: string, step: Step): Promise<unknown>;
  /** The strategy told something; it is this event of the run. */
  told?(
    tx: Tx,
    ctx: Context,
    runId: string,
    event: { type: string; sequence: number; data: Record<string, unknown> },
  ): Promise<unknown>;
  complete(tx: Tx, ctx: Context, runId: string, execution: RunExecution<R>): Promise<unknown>;
  /** Also when somebody cancels it: refunds belong here. */
  fail(tx: Tx, ctx: Context, runId: string, failure: RunFailure): Promise<unknown>;
};

/** Declares a kind whatever its own result is: the worker hands `complete` only what its `begin` came to. */
export function defineKind<R extends RunResult>(kind: Kind<R>): Kind {
  return kind as unknown as Kind;
}
