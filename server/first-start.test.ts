import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { signUp } from "#lib/accounts/service";
import { send } from "#lib/testing/client";
import { readOwner, welcomeOwner } from "#server/first-start";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "baton-test-owner-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The folder as a start leaves it that was killed once the password was chosen. */
function interrupted() {
  const owner = { email: `owner-${randomUUID()}@baton.local`, password: "correct-horse-battery" };
  writeFileSync(join(folder, "owner.pending.json"), JSON.stringify(owner));
  return owner;
}

async function expectWelcomed(email: string) {
  const said: string[] = [];
  await welcomeOwner(folder, (line) => said.push(line));
  const owner = readOwner(folder);
  expect(owner).toMatchObject({ email, key: expect.stringMatching(/^sk_live_/) });
  expect(said.join()).toContain(owner?.key);
  expect(existsSync(join(folder, "owner.pending.json"))).toBe(false);
  const session = await send("GET /api/auth/session", { apiKey: owner?.key ?? "" });
  expect(session.body).toMatchObject({ user: { email }, organization: { name: "My organization" } });
  const login = { email, password: owner?.password };
  expect((await send("POST /api/auth/login", { body: login })).status).toBe(200);
}

test("a first start that was killed before the account was made is taken up", async () => {
  await expectWelcomed(interrupted().email);
});

test("a first start that was killed after the account was made is taken up, with the same password", async () => {
  const owner = interrupted();
  await signUp({ ...owner, organizationName: "My organization" });
  await expectWelcomed(owner.email);
});

test("nobody is welcomed twice, nor where others have signed up already", async () => {
  await signUp({ email: `first-${randomUUID()}@example.com`, password: "correct-horse-battery" });
  await welcomeOwner(folder, () => undefined);
  expect(existsSync(join(folder, "owner.json"))).toBe(false);
  const { email } = interrupted();
  await expectWelcomed(email);
  const kept = readFileSync(join(folder, "owner.json"), "utf8");
  await welcomeOwner(folder, () => undefined);
  expect(readFileSync(join(folder, "owner.json"), "utf8")).toBe(kept);
});
