import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";
import { type Sent, send } from "#lib/testing/client";

/** Opus with the smallest markup above the floor: 50 %, below the guard-rail of tasks. */
export const escalating = {
  model: "opus",
  estimated_input: 20_000,
  estimated_output: 10_000,
  complexity: "low",
  segment: "startup",
};

export const urlencoded = { "content-type": "application/x-www-form-urlencoded" };

/** Sends the fields as JSON, as a urlencoded form and as a multipart form. Lists and objects go as JSON text in forms. */
export async function sendThreeWays(line: string, apiKey: string, fields: Record<string, unknown>): Promise<Sent[]> {
  const texts = Object.entries(fields).map(
    ([name, value]) => [name, typeof value === "object" ? JSON.stringify(value) : String(value)] as const,
  );
  const multipart = new FormData();
  for (const [name, value] of texts) multipart.set(name, value);
  return Promise.all([
    send(line, { apiKey, body: fields }),
    send(line, { apiKey, headers: urlencoded, body: new URLSearchParams(Object.fromEntries(texts)).toString() }),
    send(line, { apiKey, body: multipart }),
  ]);
}

/** The events that followers of an organization were told, oldest first. */
export function pricingEventsOf(organizationId: string): Promise<{ type: string; data: Record<string, unknown> }[]> {
  return system.all(sql`
    select type, data from events where organization_id = ${organizationId} and type like 'pricing.%' order by id`);
}

type AddedRun = {
  kind?: string;
  model?: string;
  status?: string;
  inputTokens?: number;
  outputTokens?: number;
  costMicros?: number;
  simulated?: boolean;
  input?: unknown;
};

/** A run with one step, as if a worker had done it just now. Answers its id. */
export async function addRun(organizationId: string, run: AddedRun = {}): Promise<string> {
  const id = uuidv7();
  const { kind = "agent", model = "k2p5", status = "completed", inputTokens = 0, outputTokens = 0 } = run;
  const { costMicros = 0, simulated = false, input = null } = run;
  await system.run(sql`
    with made as (
      insert into runs (id, organization_id, kind, strategy, status, model, input, simulated, input_tokens, output_tokens,
        cost_micros, request_id, completed_at)
      values (${id}, ${organizationId}, ${kind}, 'single', ${status}, ${model}, ${JSON.stringify(input)}, ${simulated},
        ${inputTokens}, ${outputTokens}, ${costMicros}, 'req_test00000', now())
      returning id, organization_id
    )
    insert into run_steps (id, organization_id, run_id, position, name, status, model, provider, simulated, input_tokens,
      output_tokens, cost_micros, latency_ms)
    select ${uuidv7()}, organization_id, id, 0, 'generate', 'completed', ${model}, 'kimi-coding', ${simulated},
      ${inputTokens}, ${outputTokens}, ${costMicros}, 1
    from made`);
  return id;
}
