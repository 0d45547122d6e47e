import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import { together, transaction } from "#lib/db/transaction";
import { lockSessionOfRun } from "#lib/orchestration/end-queries";
import { listedMicros } from "#lib/runs/cost";
import type { Choice, RoundsSettings } from "#lib/runs/strategies/rounds";

/** Longer than a round can take, so that no other run spends what this one may still need. */
const reservedSeconds = 900;
const waitMs = 200;
/** Of a model that does not say how long its answers may be. */
const answerTokensMax = 32_768;

type Decision = { granted: boolean; isUsedUp: boolean };

/** The most that a round can cost: the dearest of its candidates gives each answer, and another judges it, at full length. */
function ceilingMicros(choices: Choice[], characters: number, answers: number): number {
  const each = choices.map(({ candidate: { model } }) => {
    const output = model.outputTokensMax ?? Math.min(model.contextWindow ?? answerTokensMax, answerTokensMax);
    return listedMicros(model, characters + output) ?? 0;
  });
  return 2 * answers * Math.max(0, ...each);
}

/** One decision at a time for each session, because its row is locked first. */
function reserve(ctx: Context, runId: string, ceiling: number): Promise<Decision> {
  return transaction(ctx, async (tx) => {
    const locking = lockSessionOfRun(tx, ctx, runId);
    const deciding = tx.one<Decision>(sql`
      with state as (
        select s.cost_limit * 1000000 as ceiling, s.total_micros, coalesce((
          select sum(x.reserved_micros) from orchestrations x
          where x.session_id = s.id and x.outcome is null and x.run_id <> o.run_id and x.reserved_until > now()), 0) as others
        from orchestrations o join orchestration_sessions s on s.id = o.session_id
        where o.organization_id = ${ctx.organizationId} and o.run_id = ${runId}
      ), granted as (
        update orchestrations set reserved_micros = ${ceiling}::bigint,
          reserved_until = now() + make_interval(secs => ${reservedSeconds})
        from state
        where organization_id = ${ctx.organizationId} and run_id = ${runId} and (state.ceiling is null
          or (state.total_micros < state.ceiling and (state.others = 0 or state.total_micros + state.others + ${ceiling}::bigint <= state.ceiling)))
        returning 1
      )
      select exists (select 1 from granted) as granted, coalesce(total_micros >= ceiling, false) as is_used_up from state`);
    return (await together([locking, deciding]))[1];
  });
}

/** Gives back what was reserved for a round and says whether the session's limit is reached. */
async function settleRound(ctx: Context, runId: string): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    const locking = lockSessionOfRun(tx, ctx, runId);
    const settling = tx.one<{ isUsedUp: boolean }>(sql`
      update orchestrations o set reserved_micros = null, reserved_until = null
      from orchestration_sessions s
      where o.organization_id = ${ctx.organizationId} and o.run_id = ${runId} and s.id = o.session_id
      returning coalesce(s.total_micros >= s.cost_limit * 1000000, false) as is_used_up`);
    return (await together([locking, settling]))[1].isUsedUp;
  });
}

/** `characters` of the prompt, and how many `candidates` answer it at the same time. */
type Round = { characters: number; candidates: number; deadline: number; signal: AbortSignal };

/**
 * Holds a run to its session's cost limit. The unit is a round, because an answer is worth nothing without its judgement:
 * a round may begin while the session has spent less than its limit, and either nobody else of the session has a round
 * under way or the most that all of them can cost still fits. Otherwise it waits for its turn. So however many
 * orchestrations share a session, the limit is passed by at most one round, and where it is not near they run side by side.
 */
export function sessionBudget(
  ctx: Context,
  runId: string,
  { characters, candidates, deadline, signal }: Round,
): NonNullable<RoundsSettings["budget"]> {
  return {
    async begin(choices) {
      const ceiling = ceilingMicros(choices, characters, candidates);
      for (;;) {
        const { granted, isUsedUp } = await reserve(ctx, runId, ceiling);
        if (granted || isUsedUp || Date.now() >= deadline) return granted;
        await sleep(waitMs, undefined, { signal });
      }
    },
    isUsedUp: () => settleRound(ctx, runId),
  };
}
