import { setTimeout as sleep } from "node:timers/promises";
import { system, tenant } from "#lib/db/transaction";
import {
  type Claim,
  countAttempt,
  type LogLine,
  renewLease,
  requeueClaim,
  selectStepStates,
} from "#lib/deployments/claim-queries";
import {
  completeDeployment,
  contextOf,
  type Failure,
  failDeployment,
  finishStep,
  LostClaim,
  owned,
  startStep,
} from "#lib/deployments/finish";
import { insertDeploymentEvent } from "#lib/deployments/queries";
import { attemptsMax, type StepName } from "#lib/deployments/schema";
import type { PipelineStep } from "#lib/deployments/steps";
import { AppError, type ErrorCode } from "#lib/errors";
import { log } from "#lib/log";

const renewMs = 10_000;
/** Before the second and the third try. */
const pausesMs = [500, 2_000];
const passing: readonly ErrorCode[] = ["unavailable", "timeout", "bad_gateway", "internal"];

/** `lost`: another worker has it; `stopped`: this one was told to stop, and the next goes on. */
export type Processed = "completed" | "failed" | "lost" | "stopped";

/** Keeps the lease while the worker works; aborts it when the deployment is another's. */
function keepLease(claim: Claim) {
  const lost = new AbortController();
  const renew = async () => {
    // A database that is away for a moment is no reason to stop: the lease says for how long.
    const kept = await renewLease(system, claim).catch(() => 1);
    if (kept === 0) lost.abort(new LostClaim("Another worker has this deployment."));
  };
  const timer = setInterval(() => void renew(), renewMs);
  return { signal: lost.signal, end: () => clearInterval(timer) };
}

function explain(error: unknown): { message: string; isPassing: boolean } {
  if (error instanceof AppError) return { message: error.message, isPassing: passing.includes(error.code) };
  return { message: "Something went wrong on our side.", isPassing: true };
}

const line = (message: string): LogLine => ({ at: new Date().toISOString(), message: message.slice(0, 2_000) });

/** A step whose beginning is recorded already, and the one after it. */
type Turn = { step: PipelineStep; isStarted: boolean; next: StepName | undefined };

/** Runs a step until it succeeds, up to the attempts that the deployment has left. Answers the failure, if any. */
async function runStep(claim: Claim, turn: Turn, signal: AbortSignal): Promise<Failure | undefined> {
  const { step, next } = turn;
  const lines: LogLine[] = [];
  for (let { isStarted } = turn; ; isStarted = false) {
    try {
      if (!isStarted) await startStep(claim, step.name);
      await step.run({ claim, signal, log: (message) => void lines.push(line(message)) });
      signal.throwIfAborted();
      if (step.name === "finalize") await completeDeployment(claim, step.name, lines);
      else await finishStep(claim, step.name, lines, next);
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof LostClaim) throw error;
      const { message, isPassing } = explain(error);
      if (!(error instanceof AppError)) log.error({ err: error, deployment: claim.id }, "a deployment step failed");
      lines.push(line(message));
      if (!isPassing || claim.attempts >= attemptsMax) return { step: step.name, message, log: lines };
      await retry(claim, step, message);
      await sleep(pausesMs[claim.attempts - 2], undefined, { signal });
    }
  }
}

async function retry(claim: Claim, { name }: PipelineStep, error: string): Promise<void> {
  await owned(claim, async (tx) => {
    await countAttempt(tx, claim);
    const data = { step: name, attempt: claim.attempts, error };
    await insertDeploymentEvent(tx, claim.organizationId, claim.id, "step.retrying", data);
  });
  claim.attempts += 1;
}

async function runSteps(claim: Claim, steps: readonly PipelineStep[], signal: AbortSignal): Promise<Processed> {
  const states = await selectStepStates(tenant(contextOf(claim)), claim);
  const done = new Set(states.filter(({ status }) => status === "completed").map(({ name }) => name));
  const open = steps.filter(({ name }) => !done.has(name));
  for (const [index, step] of open.entries()) {
    const turn = { step, isStarted: index > 0, next: open[index + 1]?.name };
    const failure = await runStep(claim, turn, signal);
    if (!failure) continue;
    await failDeployment(claim, failure);
    return "failed";
  }
  return "completed";
}

/**
 * Carries out a claimed deployment from its first step that is not completed. `stop` gives it back to the queue. Never
 * rejects: what the database does not take now, another worker goes on with when the lease has ended.
 */
export async function processClaim(
  claim: Claim,
  steps: readonly PipelineStep[],
  stop: AbortSignal,
): Promise<Processed> {
  const lease = keepLease(claim);
  try {
    return await runSteps(claim, steps, AbortSignal.any([lease.signal, stop]));
  } catch (error) {
    if (error instanceof LostClaim || lease.signal.aborted) return "lost";
    // Otherwise the lease ends by itself, which keeps a failure that lasts from going round at full speed.
    if (!stop.aborted) log.error({ err: error, deployment: claim.id }, "a deployment was left to the next worker");
    else
      await requeueClaim(tenant(contextOf(claim)), claim).catch((cause: unknown) =>
        log.warn({ err: cause }, "was not handed back"),
      );
    return "stopped";
  } finally {
    lease.end();
  }
}
