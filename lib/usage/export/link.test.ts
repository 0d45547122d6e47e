import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { env } from "#lib/env";
import { type ExportGrant, openGrant, signGrant } from "#lib/usage/export/link";

const grant: ExportGrant = {
  organizationId: "01900000-0000-7000-8000-000000000001",
  format: "csv",
  startDate: "2026-01-01",
  endDate: "2026-01-31",
  expiresAtSeconds: 2_000_000_000,
};
const before = grant.expiresAtSeconds * 1_000 - 1;
const forged = expect.objectContaining({ code: "not_found" });

test("C29 a link opens what it was made for, until its second", () => {
  expect(openGrant(signGrant(grant), before)).toEqual(grant);
  expect(() => openGrant(signGrant(grant), before + 1)).toThrow(expect.objectContaining({ code: "forbidden" }));
});

test("C29 no other text opens anything", () => {
  const token = signGrant(grant);
  const [payload = "", signature = ""] = token.split(".");
  const other = signGrant({ ...grant, organizationId: "01900000-0000-7000-8000-000000000002" });
  const wrong = [
    "",
    ".",
    payload,
    `${payload}.`,
    `.${signature}`,
    `${payload}.${signature}.`,
    `${payload}.${signature}=`,
    `${payload}=.${signature}`,
    `${other.split(".")[0]}.${signature}`,
    `${payload}.${other.split(".")[1]}`,
    `${payload}.${createHmac("sha256", Buffer.from(env().BATON_SECRET_KEY, "base64")).update(payload).digest("base64url")}`,
    `${payload}.${createHmac("sha256", "").update(payload).digest("base64url")}`,
  ];
  for (const text of wrong) expect(() => openGrant(text, before), text).toThrow(forged);
});

test("C29 a change of any one character is noticed", () => {
  const token = signGrant(grant);
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom(...letters), (index, letter) => {
      fc.pre(token[index] !== letter);
      expect(() => openGrant(token.slice(0, index) + letter + token.slice(index + 1), before)).toThrow(forged);
    }),
    { numRuns: 500 },
  );
});
