import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";

export type NewBlock = { apiKeyId: string; organizationId: string; spentMicros: number; blockedUntil: string };

/**
 * Blocks each key that spent more than `limitMicros` within the last hour, of all keys or some, until so much of it is an
 * hour ago that the rest is below. Answers keys that were not blocked before; a block is only ever made longer.
 */
export function blockSpikingKeys(tx: Tx, limitMicros: number, keyIds: string[] | null): Promise<NewBlock[]> {
  return tx.all(sql`
    with spender as (
      select api_key_id from key_spend
      where created_at > now() - interval '1 hour' and (${keyIds}::uuid[] is null or api_key_id = any (${keyIds}::uuid[]))
      group by api_key_id having sum(cost_micros) > ${limitMicros}
    ), sliding as (
      select s.api_key_id, s.created_at, sum(s.cost_micros) over (
          partition by s.api_key_id order by s.created_at desc, s.id desc) as since
      from key_spend s join spender using (api_key_id)
      where s.created_at > now() - interval '1 hour'
    ), spike as (
      select d.api_key_id, k.organization_id, max(d.since)::bigint as spent_micros,
        max(d.created_at) filter (where d.since > ${limitMicros}) + interval '1 hour' as blocked_until
      from sliding d join api_keys k on k.id = d.api_key_id
      group by d.api_key_id, k.organization_id
    ), blocked as (
      insert into key_spend_blocks as b (api_key_id, organization_id, spent_micros, blocked_until)
      select api_key_id, organization_id, spent_micros, blocked_until from spike order by api_key_id
      on conflict (api_key_id) do update
        set spent_micros = excluded.spent_micros, blocked_until = excluded.blocked_until,
          created_at = case when b.blocked_until <= now() then now() else b.created_at end
        where excluded.blocked_until > b.blocked_until
      returning api_key_id, organization_id, spent_micros, blocked_until, created_at = now() as is_new
    )
    select api_key_id, organization_id, spent_micros, blocked_until from blocked where is_new
    order by organization_id, api_key_id`);
}

export type SpendBlockRow = { keyId: string; name: string; spentMicros: number; blockedUntil: string };

export function selectSpendBlocks(tx: Tx, organizationId: string): Promise<SpendBlockRow[]> {
  return tx.all(sql`
    select b.api_key_id as key_id, k.name, b.spent_micros, b.blocked_until
    from key_spend_blocks b join api_keys k on k.id = b.api_key_id
    where b.organization_id = ${organizationId} and b.blocked_until > now()
    order by b.blocked_until desc limit 1000`);
}
