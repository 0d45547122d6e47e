import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";

export type RunTotals = { runs: number; failed: number; tokens: number; costMicros: number | null };

/** An organization's runs of the last `days` UTC days, today included. The cost leaves out what is simulated or has no known price. */
export function selectRunTotals(tx: Tx, organizationId: string, days: number): Promise<RunTotals> {
  return tx.one(sql`
    select count(*) as runs, count(*) filter (where status = 'failed') as failed,
      coalesce(sum(input_tokens + output_tokens), 0)::bigint as tokens, sum(case when simulated then 0 else cost_micros end)::bigint as cost_micros
    from runs
    where organization_id = ${organizationId} and created_at >=
      (date_trunc('day', now() at time zone 'UTC') - make_interval(days => ${days}::int - 1)) at time zone 'UTC'`);
}

export type OnboardingFacts = {
  hasKey: boolean;
  keyUsed: boolean;
  hasRun: boolean;
  hasApp: boolean;
  hasPackage: boolean;
  hasDeployment: boolean;
  hasTeammate: boolean;
  dismissed: boolean;
};

/** What a new organization has done so far, as the database knows it. */
export function selectOnboarding(tx: Tx, organizationId: string, userId: string | null): Promise<OnboardingFacts> {
  return tx.one(sql`
    select
      exists (select 1 from api_keys where organization_id = ${organizationId}) as has_key,
      exists (select 1 from api_keys where organization_id = ${organizationId} and last_used_at is not null) as key_used,
      exists (select 1 from runs where organization_id = ${organizationId} and status = 'completed') as has_run,
      exists (select 1 from agent_apps where organization_id = ${organizationId}) as has_app,
      exists (select 1 from packages where organization_id = ${organizationId}) as has_package,
      exists (select 1 from deployments where organization_id = ${organizationId} and status = 'completed') as has_deployment,
      (select count(*) > 1 from members where organization_id = ${organizationId})
        or exists (select 1 from invitations where organization_id = ${organizationId}) as has_teammate,
      exists (
        select 1 from profiles where user_id = ${userId} and onboarding_dismissed_at is not null
      ) as dismissed`);
}

export async function updateOnboardingDismissed(tx: Tx, userId: string): Promise<void> {
  await tx.run(sql`update profiles set onboarding_dismissed_at = now() where user_id = ${userId}`);
}
