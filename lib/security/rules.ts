import { cached, forgetCached, peekCached } from "#lib/auth/cache";
import { env } from "#lib/env";
import { compileRanges, normalAddress, type Ranges } from "#lib/security/addresses";
import { type RulesRow, selectRules } from "#lib/security/queries";
import { singleton } from "#lib/singleton";

/** What the audit log of an organization takes. */
export type AuditRules = {
  enabled: boolean;
  level: "minimal" | "standard" | "verbose";
  requestBody: boolean;
  responseBody: boolean;
  /** Nothing stands for all of them. */
  events: ReadonlySet<string> | undefined;
};

/** What calls of an organization's keys are held to, ready to be looked at without a query. */
export type Rules = {
  organizationId: string;
  /** Where keys may call from, when that is enforced. */
  allowed: Ranges | undefined;
  logViolations: boolean;
  /** Until when, in Unix milliseconds. */
  blockedIps: ReadonlyMap<string, number>;
  blockedKeys: ReadonlyMap<string, number>;
  audit: AuditRules;
};

function auditRules(row: RulesRow["audit"]): AuditRules {
  if (!row) return { enabled: true, level: "standard", requestBody: false, responseBody: false, events: undefined };
  return {
    enabled: row.enabled,
    level: row.log_level,
    requestBody: row.include_request_body,
    responseBody: row.include_response_body,
    events: new Set(row.events),
  };
}

async function load(organizationId: string): Promise<Rules> {
  const row = await selectRules(organizationId);
  return {
    organizationId,
    allowed: row.enforce && row.allowedIps ? compileRanges(row.allowedIps) : undefined,
    logViolations: row.logViolations,
    blockedIps: new Map(row.blockedIps.map(({ ip, until }) => [normalAddress(ip) ?? ip, until])),
    blockedKeys: new Map(row.blockedKeys.map(({ id, until }) => [id, until])),
    audit: auditRules(row.audit),
  };
}

/** The rules of an organization, from memory; a change is announced by the database to every process. */
export function rulesOf(organizationId: string): Rules | Promise<Rules> {
  // Without a promise where none is needed: this runs for every call with a key.
  return peekCached<Rules>("security", organizationId) ?? loadRules(organizationId);
}

async function loadRules(organizationId: string): Promise<Rules> {
  const rules = await cached<Rules>(
    "security",
    organizationId,
    () => load(organizationId),
    (one) => one.organizationId,
  );
  if (!rules) throw new Error("The rules of the organization could not be read.");
  return rules;
}

/** Forgets them in this process at once; the others hear of the change. */
export function forgetRules(organizationId: string): void {
  forgetCached("security", organizationId);
}

const deployment = singleton("security.allowed-ips", () => ({
  from: [] as readonly string[],
  ranges: undefined as Ranges | undefined,
}));

/** Where the keys of every organization may call from (ALLOWED_IPS), if the deployment says so. */
export function deploymentRanges(): Ranges | undefined {
  const { ALLOWED_IPS } = env();
  if (ALLOWED_IPS !== deployment.from) {
    deployment.from = ALLOWED_IPS;
    deployment.ranges = ALLOWED_IPS.length === 0 ? undefined : compileRanges(ALLOWED_IPS);
  }
  return deployment.ranges;
}
