import { sql } from "#lib/db/sql";
import { systemTransaction } from "#lib/db/transaction";

export type Fault = {
  organizationId: string;
  /**
   * `row`: a row's balance is not the one before plus its amount; `sum`: the balance is not the sum of the rows; `last`: nor
   * what the last row says; `held`: what is held is not the sum of the open holds; `leak`: a hold stays open long after it
   * expired; `metered`: what calls were charged is not what was debited for them.
   */
  kind: "row" | "sum" | "last" | "held" | "leak" | "metered";
  expected: number;
  found: number;
};

// Everything in one statement, so that a ledger in use is seen at one moment. Rows are read once, in the index's order.
const faults = (graceSeconds: number, organizationId: string | null) => sql`
  with entry as materialized (
    select organization_id, amount, balance_after, type = 'usage' and reference like 'metered:%' as is_metered,
      lag(balance_after, 1, 0::bigint) over newest_last as before,
      row_number() over (partition by organization_id order by position desc) = 1 as is_last
    from credit_transactions
    where ${organizationId}::uuid is null or organization_id = ${organizationId}::uuid
    window newest_last as (partition by organization_id order by position)
  ), ledger as (
    select organization_id, sum(amount)::bigint as total, max(balance_after) filter (where is_last) as last,
      coalesce(-sum(amount) filter (where is_metered), 0)::bigint * 10000 as metered
    from entry group by organization_id
  ), hold as (
    select organization_id, coalesce(sum(micros) filter (where status = 'held'), 0)::bigint as held,
      sum(settled_micros)::bigint as settled,
      count(*) filter (where status = 'held' and expires_at < now() - make_interval(secs => ${graceSeconds})) as leaked
    from credit_holds
    where ${organizationId}::uuid is null or organization_id = ${organizationId}::uuid
    group by organization_id
  ), account as (
    select o.id as organization_id, o.credits, o.held_micros, o.metered_micros, coalesce(l.total, 0) as total,
      coalesce(l.last, 0) as last, coalesce(l.metered, 0) as metered, coalesce(h.held, 0) as held,
      coalesce(h.settled, 0) as settled, coalesce(h.leaked, 0) as leaked
    from organizations o
      left join ledger l on l.organization_id = o.id
      left join hold h on h.organization_id = o.id
    where ${organizationId}::uuid is null or o.id = ${organizationId}::uuid
  )
  select organization_id, 'row' as kind, before + amount as expected, balance_after as found
  from entry where balance_after <> before + amount
  union all
  select a.organization_id, c.kind, c.expected, c.found
  from account a cross join lateral (values
    ('sum', a.total, a.credits), ('last', a.last, a.credits), ('held', a.held, a.held_micros), ('leak', 0, a.leaked),
    ('metered', a.settled, a.metered + a.metered_micros)) as c (kind, expected, found)
  where c.expected <> c.found`;

/** How much was looked at. */
export type Verified = { organizations: number; rows: number; holds: number };

const counts = sql`
  select (select count(*) from organizations) as organizations, (select count(*) from credit_transactions) as rows,
    (select count(*) from credit_holds) as holds`;

/**
 * Checks the ledger of every organization, or of one, and hands over what does not add up, a page at a time and however
 * much it is. A hold counts as leaked when it is still open `graceSeconds` after it expired.
 */
export function verifyLedger(
  graceSeconds: number,
  report: (faults: Fault[]) => void,
  organizationId: string | null = null,
): Promise<Verified> {
  return systemTransaction(async (tx) => {
    await tx.run(sql`declare ledger_faults no scroll cursor for ${faults(graceSeconds, organizationId)}`);
    for (;;) {
      const found = await tx.all<Fault>(sql`fetch forward 500 from ledger_faults`);
      if (found.length === 0) return tx.one<Verified>(counts);
      report(found);
    }
  });
}

/** What does not add up, of every organization or of one. */
export async function findFaults(graceSeconds: number, organizationId: string | null = null): Promise<Fault[]> {
  const all: Fault[] = [];
  await verifyLedger(graceSeconds, (found) => all.push(...found), organizationId);
  return all;
}
