import fc from "fast-check";
import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import {
  addCredits,
  debitCredits,
  getBalance,
  holdCredits,
  refundDebit,
  settleHold,
  takeBackCredits,
} from "#lib/ledger/service";
import { findFaults } from "#lib/ledger/verify";
import { createOrganization } from "#lib/testing/factories";

type ModelHold = { micros: number; status: "held" | "closed" | "expired"; isPast: boolean; due: number };

/** The ledger as simply as it can be said; amounts of one organization, one operation at a time. */
class Model {
  micros = 250_000;
  references = new Map<string, string>();
  debits = new Map<string, number>();
  holds = new Map<string, ModelHold>();

  held(): number {
    return [...this.holds.values()].reduce((sum, hold) => sum + (hold.status === "held" ? hold.micros : 0), 0);
  }
  available(): number {
    return this.micros - this.held();
  }
  sweep(): void {
    for (const hold of this.holds.values()) if (hold.status === "held" && hold.isPast) hold.status = "expired";
  }
  /** Whether there is room, after expired holds were given up for it if need be. */
  hasRoom(micros: number): boolean {
    if (this.available() < micros) this.sweep();
    return this.available() >= micros;
  }
  /** `new`, `repeated` or `conflict` for a reference that was used so before. */
  use(reference: string, meaning: string): "new" | "repeated" | "conflict" {
    const before = this.references.get(reference);
    return before === undefined ? "new" : before === meaning ? "repeated" : "conflict";
  }
}

type Operation = { kind: string; reference: string; amount: number };
const operation: fc.Arbitrary<Operation> = fc.record({
  kind: fc.constantFrom(
    "purchase",
    "grant",
    "debit",
    "debit",
    "refund",
    "takeBack",
    "hold",
    "hold",
    "settle",
    "settle",
    "release",
    "lapse",
  ),
  reference: fc.constantFrom(..."abcdefgh"),
  amount: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 40 })),
});

const entry = ({ amount, reference }: Operation) => ({ amount, reference, description: "Model" });
const outcomeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error) => String(error.reason ?? error.code),
  );

/** What the ledger must answer, by the model, which it changes accordingly. */
function expected(model: Model, { kind, reference, amount }: Operation): string {
  const hold = model.holds.get(reference);
  const cost = amount * 777;
  if (kind === "purchase" || kind === "grant" || kind === "debit" || kind === "takeBack") {
    const use = model.use(reference, `${kind}:${amount}`);
    if (use !== "new") return use === "repeated" ? "done" : "REFERENCE_REUSED";
    if (kind === "debit") {
      if (!model.hasRoom(amount * 10_000)) return "INSUFFICIENT_CREDITS";
      model.debits.set(reference, amount);
    }
    if (kind === "takeBack") model.sweep();
    const spent = kind === "takeBack" ? Math.min(amount, Math.floor(model.available() / 10_000)) : amount;
    model.micros += (kind === "debit" || kind === "takeBack" ? -spent : spent) * 10_000;
    model.references.set(reference, `${kind}:${amount}`);
    return "done";
  }
  if (kind === "refund") {
    if (model.references.has(`refund:${reference}`)) return "done";
    const debited = model.debits.get(reference);
    if (debited === undefined) return "not_found";
    model.micros += debited * 10_000;
    model.references.set(`refund:${reference}`, "refund");
    return "done";
  }
  if (kind === "hold") {
    const micros = amount * 5_000;
    if (hold) return hold.micros !== micros ? "REFERENCE_REUSED" : hold.status === "held" ? "done" : "HOLD_CLOSED";
    if (!model.hasRoom(micros)) return "INSUFFICIENT_CREDITS";
    model.holds.set(reference, { micros, status: "held", isPast: false, due: 0 });
    return "done";
  }
  if (kind === "lapse") {
    if (hold) hold.isPast = true;
    return "done";
  }
  if (!hold) return "not_found";
  const due = kind === "release" ? 0 : cost;
  if (hold.due > 0) return due === 0 || due === hold.due ? "done" : "REFERENCE_REUSED";
  if (hold.status !== "held" && due === 0) return "done";
  hold.status = "closed";
  model.micros -= Math.min(due, model.available());
  hold.due = due;
  return "done";
}

function perform(organizationId: string, operation: Operation): Promise<unknown> {
  const { kind, reference, amount } = operation;
  const tenant = { organizationId };
  const hold = { organizationId, reference: `hold:${reference}`, micros: amount * 5_000 };
  switch (kind) {
    case "purchase":
    case "grant":
      return addCredits(system, tenant, { type: kind, ...entry(operation) });
    case "debit":
      return debitCredits(system, tenant, entry(operation));
    case "takeBack":
      return takeBackCredits(system, tenant, entry(operation));
    case "refund":
      return refundDebit(system, tenant, { reference, description: "Model" });
    case "hold":
      return holdCredits({ ...hold, expiresInSeconds: 600 });
    case "lapse":
      return system.run(sql`
        update credit_holds set expires_at = now() - interval '1 second'
        where organization_id = ${organizationId} and reference = ${hold.reference}`);
    default:
      return settleHold(hold, kind === "release" ? 0 : amount * 777);
  }
}

test("any sequence of operations leaves what the simplest model of a ledger says, and adds up", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 10, maxLength: 60 }), async (operations) => {
      const { organizationId } = await createOrganization();
      const model = new Model();
      for (const one of operations) {
        const outcome = await outcomeOf(perform(organizationId, one));
        expect(outcome, JSON.stringify(one)).toBe(expected(model, one));
      }
      const balance = await getBalance(system, { organizationId });
      expect(balance.heldMicros).toBe(model.held());
      expect(balance.availableCredits).toBe(Math.floor(model.available() / 10_000));
      expect(balance.credits).toBe(Math.ceil(model.micros / 10_000));
      expect((await findFaults(60, organizationId)).filter(({ kind }) => kind !== "leak")).toEqual([]);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test("any mix of operations at once never spends what is not there, and adds up", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 50, maxLength: 150 }), async (operations) => {
      const { organizationId } = await createOrganization();
      const outcomes = await Promise.all(operations.map((one) => outcomeOf(perform(organizationId, one))));
      const known = ["done", "not_found", "INSUFFICIENT_CREDITS", "REFERENCE_REUSED", "HOLD_CLOSED"];
      for (const outcome of outcomes) expect(known).toContain(outcome);
      expect((await findFaults(60, organizationId)).filter(({ kind }) => kind !== "leak")).toEqual([]);
    }),
    { numRuns: 15 },
  );
}, 60_000);
