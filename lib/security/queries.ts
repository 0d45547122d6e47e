import { sql } from "#lib/db/sql";
import { system, type Tx } from "#lib/db/transaction";
import type { BlockedIp } from "#lib/security/schema";

/** All rules of an organization that a call of one of its keys is held to. Times in Unix milliseconds. */
export type RulesRow = {
  allowedIps: string[] | null;
  enforce: boolean;
  logViolations: boolean;
  blockedIps: { ip: string; until: number }[];
  blockedKeys: { id: string; until: number }[];
  audit: {
    enabled: boolean;
    log_level: "minimal" | "standard" | "verbose";
    include_request_body: boolean;
    include_response_body: boolean;
    events: string[];
  } | null;
};

export function selectRules(organizationId: string): Promise<RulesRow> {
  return system.one<RulesRow>(sql`
    select p.allowed_ips, coalesce(p.enforce, false) as enforce, coalesce(p.log_violations, true) as log_violations,
      (select coalesce(json_agg(json_build_object('ip', host(b.ip), 'until', extract(epoch from b.blocked_until) * 1000)), '[]')
        from blocked_ips b where b.organization_id = o.id and b.blocked_until > now()) as blocked_ips,
      (select coalesce(json_agg(json_build_object('id', k.api_key_id, 'until', extract(epoch from k.blocked_until) * 1000)), '[]')
        from key_spend_blocks k where k.organization_id = o.id and k.blocked_until > now()) as blocked_keys,
      (select json_build_object('enabled', a.enabled, 'log_level', a.log_level, 'include_request_body',
          a.include_request_body, 'include_response_body', a.include_response_body, 'events', a.events)
        from audit_settings a where a.organization_id = o.id) as audit
    from (select ${organizationId}::uuid as id) o left join ip_policies p on p.organization_id = o.id`);
}

export type IpPolicyRow = { allowedIps: string[]; enforce: boolean; logViolations: boolean; updatedAt: string };

export function selectIpPolicy(tx: Tx, organizationId: string): Promise<IpPolicyRow | undefined> {
  return tx.maybe(sql`
    select allowed_ips, enforce, log_violations, updated_at from ip_policies where organization_id = ${organizationId}`);
}

export function upsertIpPolicy(
  tx: Tx,
  organizationId: string,
  { allowedIps, enforce, logViolations }: Omit<IpPolicyRow, "updatedAt">,
): Promise<IpPolicyRow> {
  return tx.one(sql`
    insert into ip_policies (organization_id, allowed_ips, enforce, log_violations)
    values (${organizationId}, ${allowedIps}, ${enforce}, ${logViolations})
    on conflict (organization_id) do update
      set allowed_ips = excluded.allowed_ips, enforce = excluded.enforce, log_violations = excluded.log_violations,
        updated_at = now()
    returning allowed_ips, enforce, log_violations, updated_at`);
}

/** The addresses that are blocked now, newest first. */
export function selectBlockedIps(tx: Tx, organizationId: string): Promise<BlockedIp[]> {
  return tx
    .all<{ ip: string; reason: string | null; blockedUntil: string; createdAt: string }>(sql`
      select host(ip) as ip, reason, blocked_until, created_at from blocked_ips
      where organization_id = ${organizationId} and blocked_until > now()
      order by created_at desc, ip limit 1000`)
    .then((rows) =>
      rows.map(({ ip, reason, blockedUntil, createdAt }) => ({
        ip,
        reason,
        blocked_until: blockedUntil,
        created_at: createdAt,
      })),
    );
}

export function upsertBlockedIp(
  tx: Tx,
  organizationId: string,
  { ip, reason, hours }: { ip: string; reason: string | null; hours: number },
): Promise<{ blockedUntil: string }> {
  return tx.one(sql`
    insert into blocked_ips (organization_id, ip, reason, blocked_until)
    values (${organizationId}, ${ip}, ${reason}, now() + ${hours}::float8 * interval '1 hour')
    on conflict (organization_id, ip) do update
      set reason = excluded.reason, blocked_until = excluded.blocked_until, created_at = now()
    returning blocked_until`);
}

export function countBlockedIps(tx: Tx, organizationId: string): Promise<{ count: number }> {
  return tx.one(sql`
    select count(*) as count from blocked_ips where organization_id = ${organizationId} and blocked_until > now()`);
}

export function deleteBlockedIp(tx: Tx, organizationId: string, ip: string): Promise<number> {
  return tx.run(sql`delete from blocked_ips where organization_id = ${organizationId} and ip = ${ip}`);
}

/** Notes a signature as used; touches nothing when it was used before. */
export function insertUsedSignature(keyId: string, signature: Buffer, expiresAt: Date): Promise<number> {
  return system.run(sql`
    insert into used_signatures (api_key_id, signature, expires_at)
    values (${keyId}, ${signature}, ${expiresAt.toISOString()})
    on conflict do nothing`);
}

/** Removes what no longer matters: ended blocks, signatures that are too old anyway, spending of hours ago. */
export async function deleteExpiredSecurity(): Promise<void> {
  await system.run(sql`delete from used_signatures where expires_at < now()`);
  await system.run(sql`delete from blocked_ips where blocked_until < now() - interval '30 days'`);
  await system.run(sql`delete from key_spend_blocks where blocked_until < now()`);
  await system.run(sql`delete from key_spend where created_at < now() - interval '2 hours'`);
}
