import { expect } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { send } from "#lib/testing/client";
import type { FakeOpenAI } from "#lib/testing/fake-openai";

/** A quote of so many tokens for k2p5 and a small customer; answers its id. */
export async function quoteOf(apiKey: string, inputTokens: number, outputTokens: number): Promise<string> {
  const tokens = { estimated_input: inputTokens, estimated_output: outputTokens };
  const body = { model: "k2p5", complexity: "low", segment: "smb", ...tokens };
  return (await send("POST /api/pricing/quote", { apiKey, body })).body.quote_id;
}

/** The limit of each answer that the provider was asked for, in order. */
export const cappedAt = ({ received }: FakeOpenAI) =>
  received.map(({ body }) => Number(body.max_tokens ?? body.max_completion_tokens ?? body.max_output_tokens));

type Attempt = {
  runId: string;
  costMicros: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  holdsQuote: boolean;
};

/** The organization's runs under quotes, oldest first. */
export function attemptsOf(organizationId: string): Promise<Attempt[]> {
  return system.all(sql`
    select run_id, cost_micros, input_tokens, output_tokens, holds_quote from pricing_quote_runs
    where organization_id = ${organizationId} order by attached_at, run_id`);
}

type Realised = { inputTokens: number; outputTokens: number; holdsQuote?: boolean };

/** That a run was realised with those tokens, and that its cost on the quote is the sum of its steps' costs. */
export async function expectRealised(organizationId: string, runId: string, realised: Realised): Promise<void> {
  const attempt = (await attemptsOf(organizationId)).find((one) => one.runId === runId);
  const { cost } = await system.one<{ cost: number }>(sql`
    select coalesce(sum(cost_micros), 0)::bigint as cost from run_steps where run_id = ${runId}`);
  expect(attempt).toEqual({ runId, costMicros: cost, holdsQuote: true, ...realised });
}
