import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";

/** This UTC day, as `YYYY-MM-DD`. */
export const today = () => new Date().toISOString().slice(0, 10);

/** What earlier calls of today have cost, as if agents had settled it. */
export const spendToday = (organizationId: string, dollars: number) =>
  system.run(sql`
    insert into budget_days (organization_id, day, scope, subject, spent_micros)
    values (${organizationId}, (now() at time zone 'UTC')::date, 'organization', '', ${Math.round(dollars * 1_000_000)})`);

/** Completed calls of a model that just began. */
export const callsOfThisHour = (organizationId: string, provider: string, model: string, count: number) =>
  system.run(sql`
    with run as (
      insert into runs (id, organization_id, kind, strategy, status, cost_micros, request_id)
      values (gen_random_uuid(), ${organizationId}, 'agent', 'single', 'completed', 0, 'req_test') returning id
    )
    insert into run_steps (id, organization_id, run_id, position, name, status, model, provider, input_tokens, output_tokens,
      cost_micros, latency_ms)
    select gen_random_uuid(), ${organizationId}, id, n, 'generate', 'completed', ${model}, ${provider}, 100, 50, 0, 1
    from run, generate_series(1, ${count}::int) as n`);
