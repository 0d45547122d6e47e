import type { Hold } from "#lib/ledger/schema";

export type HoldRequest = Hold & { expiresInSeconds: number };

/** Holds as `baton.hold_credits` takes them, numbered from 1. */
export function holdsJson(holds: HoldRequest[]): string {
  const rows = holds.map(({ organizationId, reference, micros, expiresInSeconds }, index) => ({
    ordinal: index + 1,
    organization_id: organizationId,
    reference,
    micros,
    expires_in_seconds: expiresInSeconds,
  }));
  return JSON.stringify(rows);
}

/** What holds are to be charged, as `baton.settle_holds` takes it, numbered from 1. */
export function settlementsJson(settlements: Hold[]): string {
  const rows = settlements.map(({ organizationId, reference, micros }, index) => ({
    ordinal: index + 1,
    organization_id: organizationId,
    reference,
    micros,
  }));
  return JSON.stringify(rows);
}
