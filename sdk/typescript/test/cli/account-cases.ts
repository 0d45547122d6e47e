import { randomUUID } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { send } from "../../../../lib/testing/client.ts";
import { createOrganization } from "../../../../lib/testing/factories.ts";
import { cliIn } from "./program.ts";

export function accountCases(host: { url: string }): void {
  describe("login, logout, whoami, keys", () => {
    const { home, run } = cliIn(() => ({}));
    const file = join(home, ".config/baton/config.json");
    const profiles = () => JSON.parse(readFileSync(file, "utf8")).profiles;

    test("login checks the key and stores it for its owner only; the key is never printed", async () => {
      const { apiKey, organizationId } = await createOrganization({ name: "Tides Ltd" });
      const wrong = await run(["login", "--url", host.url, "--key", "sk_live_wrong"]);
      expect(wrong).toMatchObject({ code: 3, out: "" });
      expect(() => statSync(file)).toThrow("ENOENT");

      const done = await run(["login", "--url", `${host.url}/`, "--key", "-"], { input: `${apiKey}\n` });
      expect(done).toMatchObject({ code: 0, out: expect.stringContaining("for Tides Ltd") });
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(statSync(join(file, "..")).mode & 0o777).toBe(0o700);
      expect(profiles()).toEqual({ default: { url: host.url, key: apiKey } });

      const who = await run(["whoami"]);
      expect(who).toMatchObject({
        code: 0,
        out: expect.stringMatching(/Tides Ltd.*\n(.*\n)*.*the stored login "default"/),
      });
      const json = JSON.parse((await run(["whoami", "--json"])).out);
      expect(json).toMatchObject({ url: host.url, organization: { id: organizationId }, key: { from: "profile" } });
      for (const { out, err } of [wrong, done, who]) expect(out + err).not.toContain(apiKey);
    });

    test("options win over the environment, and that over the file; a stored key goes to its own server only", async () => {
      const [second, third] = [
        await createOrganization({ name: "Second" }),
        await createOrganization({ name: "Third" }),
      ];
      const env = { BATON_API_KEY: second.apiKey };
      expect((await run(["whoami"], { env })).out).toContain("Second");
      expect((await run(["whoami", "--key", third.apiKey], { env })).out).toContain("Third");
      const elsewhere = await run(["whoami"], { env: { BATON_URL: "http://127.0.0.1:9" } });
      expect(elsewhere).toMatchObject({ code: 3, err: expect.stringContaining(`is for ${host.url}`) });
      const folder = join(home, "xdg");
      const kept = await run(["login", "--profile", "work"], {
        env: { ...env, BATON_URL: host.url, XDG_CONFIG_HOME: folder },
      });
      expect(kept.out).toContain(join(folder, "baton/config.json"));
      expect((await run(["whoami", "--profile", "work"], { env: { XDG_CONFIG_HOME: folder } })).out).toContain(
        "Second",
      );
      expect((await run(["whoami"], { env: { XDG_CONFIG_HOME: folder } })).code).toBe(3);
    });

    test("login with e-mail and password makes a key of its own, which logout takes back", async () => {
      const [email, password] = [`${randomUUID()}@example.com`, "correct horse 9"];
      await send("POST /api/auth/signup", { body: { email, password, organizationName: "Acme" } });
      const env = { BATON_PASSWORD: password };
      const wrong = await run(["login", "--url", host.url, "--email", email], { env: { BATON_PASSWORD: "wrong" } });
      expect(wrong.code).toBe(3);
      const done = await run(["login", "--url", host.url, "--email", email, "--profile", "ada"], { env });
      expect(done).toMatchObject({ code: 0, out: expect.stringContaining("for Acme") });
      const { key, keyId } = profiles().ada;
      const listed = await run(["keys", "--profile", "ada", "--json"]);
      expect(JSON.parse(listed.out).keys).toMatchObject([{ id: keyId, name: expect.stringMatching(/^CLI on ./) }]);

      const rotated = await run(["keys", "rotate", keyId, "--profile", "ada"]);
      expect(rotated).toMatchObject({ code: 0, err: expect.stringContaining("Your login uses it") });
      expect(profiles().ada.key).toBe(rotated.out.trim());
      expect(profiles().ada.key).not.toBe(key);

      const bye = await run(["logout", "--profile", "ada"]);
      expect(bye).toMatchObject({ code: 0, out: expect.stringContaining("Its key is revoked") });
      expect(await send("GET /api/auth/session", { apiKey: rotated.out.trim() })).toMatchObject({ status: 401 });
      expect(profiles().ada).toBeUndefined();
      expect((await run(["logout", "--profile", "ada"])).code).toBe(3);
    });

    test("keys: create shows the key once and alone, list hides it, rotate and revoke take names", async () => {
      const { apiKey } = await createOrganization();
      const env = { BATON_URL: host.url, BATON_API_KEY: apiKey };
      const made = await run(["keys", "create", "My", "CI", "--scopes", "agents:read,billing:read"], { env });
      expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^sk_live_\w+\n$/) });
      const key = made.out.trim();
      const listed = await run(["keys", "list"], { env });
      expect(listed.out).toMatch(/My CI +\S+ +agents:read,billing:read +active/);
      expect(listed.out).not.toContain(key);
      const refused = await run(["keys", "list"], { env: { ...env, BATON_API_KEY: key } });
      expect(refused).toMatchObject({ code: 3, err: expect.stringMatching(/more scopes.*Request: req_/) });
      const renewed = await run(["keys", "rotate", "my ci", "--grace-hours", "1", "--json"], { env });
      expect(JSON.parse(renewed.out)).toMatchObject({ name: "My CI", key: expect.stringMatching(/^sk_live_/) });
      expect((await run(["keys", "revoke", "My CI"], { env })).out).toBe("Revoked My CI.\n");
      expect(await run(["keys", "revoke", "My CI"], { env })).toMatchObject({ code: 4, out: "" });
    });
  });
}
