import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { jwtVerify } from "jose";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { LocalPlatform, LocalPlatformOptions } from "./platform.ts";
import { ada, authClient, platformFixture, query } from "./platform-fixture.ts";
import { waitUntil } from "./process.ts";

let fixture: ReturnType<typeof platformFixture>;
let platform: LocalPlatform;

/** Starts one platform for the tests of a group, which leave nothing that the others would notice. */
function sharePlatform(overrides: Partial<LocalPlatformOptions> = {}): void {
  beforeAll(async () => {
    fixture = platformFixture();
    platform = await fixture.start(overrides);
  });
  afterAll(() => fixture.close());
}

async function hashOf({ databaseUrl }: LocalPlatform, email: string): Promise<string> {
  const statement = "select encrypted_password as hash from auth.users where email = $1";
  const rows = await query(databaseUrl, statement, [email]);
  return (rows as { hash: string }[])[0]?.hash ?? "";
}

describe("a first start", () => {
  sharePlatform();

  test("serves a database and an auth API whose tokens verify locally", async () => {
    await authClient(platform).signUp(ada);

    const { data } = await authClient(platform).signInWithPassword(ada);

    const token = data.session?.access_token ?? "";
    const { payload } = await jwtVerify(token, new TextEncoder().encode(platform.jwtSecret), { algorithms: ["HS256"] });
    expect(payload).toMatchObject({ sub: data.user?.id, role: "authenticated", email: "ada@example.com" });
  });

  test("a password is kept as a bcrypt hash of 1,024 rounds", async () => {
    const email = "grace@example.com";
    await authClient(platform).signUp({ ...ada, email });

    expect(await hashOf(platform, email)).toMatch(/^\$2[aby]\$10\$/);
  });

  test("policies see the caller's claims, and the service role passes row-level security", async () => {
    const { databaseUrl } = platform;
    const id = "01a1fc0e-8e4b-74fc-a082-42ad2b35dfe0";
    const caller = new Client({ connectionString: databaseUrl });
    await caller.connect();
    await caller.query(`set role authenticated; set request.jwt.claims = '{"sub":"${id}"}'`);

    expect((await caller.query("select auth.uid() as uid")).rows).toEqual([{ uid: id }]);
    await caller.end();
    const bypass = "select rolname as role from pg_roles where rolbypassrls and not rolsuper";
    expect(await query(databaseUrl, bypass)).toEqual([{ role: "service_role" }]);
  });

  test("nothing but the auth API answers, and only with a key", async () => {
    const { supabaseUrl, serviceKey } = platform;
    const status = async (path: string, key?: string) =>
      (await fetch(supabaseUrl + path, { headers: key ? { apikey: key } : {} })).status;

    expect(await status("/auth/v1/settings", serviceKey)).toBe(200);
    expect(await status("/auth/v1/settings")).toBe(401);
    expect(await status("/rest/v1/", serviceKey)).toBe(404);
    expect(await status("/_system/ping", serviceKey)).toBe(404);
    expect(await status("/", serviceKey)).toBe(404);
  });
});

describe("with verification and without SMTP", () => {
  sharePlatform({ requireEmailVerification: true, bcryptCost: 5 });
  const mailsTo = (email: string) => fixture.log.filter((line) => line.includes(email));

  test("a mail is one line of the log, with a link that leads where the app asked", async () => {
    const emailRedirectTo = "http://localhost:3000/welcome";

    const { data } = await authClient(platform).signUp({ ...ada, options: { emailRedirectTo } });

    expect(data.session).toBeNull();
    await waitUntil(() => fixture.log.length > 0, 5_000);
    expect(fixture.log).toHaveLength(1);
    const [line] = mailsTo(ada.email);
    expect(line).toContain('E-mail to ada@example.com, not sent (no SMTP): "Confirm Your Signup"');
    expect(line).toContain("redirect_to=http%3A%2F%2Flocalhost%3A3000%2Fwelcome");
    expect(line).not.toContain("\n");
  });

  test("a confirmation asked for again is mailed again, and its link confirms; a confirmed or unknown address gets none", async () => {
    const auth = authClient(platform);
    const grace = { ...ada, email: "grace@example.com" };
    await auth.signUp(grace);
    await waitUntil(() => mailsTo(grace.email).length > 0, 5_000);

    const emailRedirectTo = "http://localhost:3000/login?next=%2Finvitations";
    const again = { type: "signup", email: grace.email, options: { emailRedirectTo } } as const;
    expect((await auth.resend(again)).error).toBeNull();
    await waitUntil(() => mailsTo(grace.email).length > 1, 5_000);
    const link = mailsTo(grace.email)[1]?.match(/\/auth\/v1\/verify\S+/)?.[0];
    expect(link).toContain(`redirect_to=${encodeURIComponent(emailRedirectTo)}`);
    const followed = await fetch(`${platform.supabaseUrl}${link}`, { redirect: "manual" });
    expect(followed.headers.get("location")).toContain("access_token=");
    expect((await auth.signInWithPassword(grace)).error).toBeNull();

    const before = fixture.log.length;
    for (const email of [grace.email, "nobody@example.com"]) {
      expect((await auth.resend({ type: "signup", email })).error).toBeNull();
    }
    expect(fixture.log).toHaveLength(before);
  });

  test("a password's hash costs what the settings say", async () => {
    const email = "katherine@example.com";
    await authClient(platform).signUp({ ...ada, email });

    expect(await hashOf(platform, email)).toMatch(/^\$2[aby]\$05\$/);
  });
});

describe("a data folder", () => {
  beforeEach(() => {
    fixture = platformFixture();
  });
  afterEach(() => fixture.close());

  test("keeps its secrets between starts, readable by their owner only", async () => {
    const first = await fixture.start();
    await first.stop();
    const second = await fixture.start();

    expect({ ...second, stop: undefined }).toEqual({ ...first, stop: undefined });
    expect(statSync(join(fixture.dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
  });

  test("whose secrets are lost is left alone, with a line that says what to do", async () => {
    await (await fixture.start()).stop();
    rmSync(join(fixture.dataDir, "secrets.json"));

    await expect(fixture.start()).rejects.toThrow("Restore it from a backup");
    expect(existsSync(join(fixture.dataDir, "lock"))).toBe(false);
  });
});
