import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { system } from "../../../../lib/db/transaction.ts";
import { addCredits } from "../../../../lib/ledger/service.ts";
import { send } from "../../../../lib/testing/client.ts";
import { createOrganization } from "../../../../lib/testing/factories.ts";
import { cliIn, lines, records, until } from "./program.ts";

export function deployCases(host: { url: string }): void {
  describe("pack, deploy, invoke, logs, apps", () => {
    let apiKey = "";
    beforeAll(async () => {
      const organization = await createOrganization();
      apiKey = organization.apiKey;
      const grant = { type: "grant", amount: 200, description: "Test", reference: "test" } as const;
      await addCredits(system, organization.ctx, grant);
    });
    const { home, run, start } = cliIn(() => ({ BATON_URL: host.url, BATON_API_KEY: apiKey }));
    const folder = (name: string, manifest: object) => {
      mkdirSync(join(home, name), { recursive: true });
      writeFileSync(join(home, name, "manifest.json"), JSON.stringify(manifest));
      return name;
    };
    const greeter = { name: "Greeter", version: "1.0.0", instructions: "Greet whoever is named." };
    beforeAll(async () => {
      const ready = await run(["deploy", folder("ready", greeter), "--app", "Ready", "--create", "--wait"]);
      expect(ready.code).toBe(0);
    });
    const steps = ["validate_package", "upload_to_s3", "generate_metadata", "notify_runtime", "finalize"];

    test("from a folder to an app that answers: pack, deploy --wait, invoke, logs", async () => {
      const packed = await run(["pack", folder("greeter", greeter), "-o", "out"]);
      expect(packed).toMatchObject({ code: 0, out: "out/greeter-1.0.0.apkg\n" });
      expect(packed.err).toMatch(/^SHA-256 +[0-9a-f]{64}$/m);
      const missing = await run(["deploy", "out/greeter-1.0.0.apkg", "--app", "Greeter", "--wait"]);
      expect(missing).toMatchObject({ code: 4, out: "", err: expect.stringContaining("--create") });
      const done = await run(["deploy", "out/greeter-1.0.0.apkg", "--app", "Greeter", "--create", "--wait"]);
      expect(done).toMatchObject({ code: 0, out: expect.stringMatching(/^[0-9a-f-]{36}\n$/) });
      const told = lines(done.err).filter((line) => / done$/.test(line));
      expect(told).toEqual(steps.map((step, at) => `[${at + 1}/5] ${step} done`));
      expect(done.err).toContain("Greeter 1.0.0 is live.");
      expect((await run(["apps", "list"])).out).toMatch(/Greeter +1\.0\.0 +no/);

      const said = await run(["invoke", "greeter", "--input", '{"name":"Ada"}']);
      expect(said).toMatchObject({ code: 0, err: expect.stringMatching(/version 1\.0\.0, 10 credits, run \S+/) });
      expect(said.out.length).toBeGreaterThan(5);
      const runId = /run ([0-9a-f-]{36})/.exec(said.err)?.[1] ?? "";
      const streamed = await run(["invoke", "Greeter", "-i", "@in.json", "--stream", "--json"], { cwd: home }).then(
        async (first) => {
          expect(first).toMatchObject({ code: 2, err: expect.stringContaining("in.json") });
          return run(["invoke", "Greeter", "-i", "-", "--stream", "--json"], { input: '"Ada"' });
        },
      );
      const events = records(streamed.out);
      expect(events.at(0)).toMatchObject({ event: "run.started" });
      expect(events.at(-1)).toMatchObject({ event: "result", data: { package_version: "1.0.0" } });

      const deployment = done.out.trim();
      for (const words of [[deployment, "-f"], [deployment]]) {
        const { code, out } = await run(["logs", ...words]);
        expect({ code, out }).toEqual({
          code: 0,
          out: expect.stringMatching(/deployment\.queued(.*\n)+.*deployment\.completed/),
        });
      }
      const ofRun = await run(["logs", runId, "-f", "--json"]);
      expect(records(ofRun.out).map(({ event }) => event)).toEqual(["run.started", "step.completed", "run.completed"]);
    });

    test("logs of an app: what was, then with -f what happens; Ctrl+C ends it", async () => {
      await run(["invoke", "Ready"]);
      const { out } = await run(["logs", "Ready", "--json"]);
      const before = records(out).map(({ event }) => event);
      expect(before).toEqual(expect.arrayContaining(["deployment.completed", "invocation.completed"]));
      const following = start(["logs", "Ready", "-f", "-n", "1", "--json"]);
      await until(following, (said) => said.includes("invocation.completed"));
      const queued = await run(["invoke", "Ready", "--queued"]);
      expect(queued.out).toMatch(/^[0-9a-f-]{36}\n$/);
      await until(following, (said) => said.includes(queued.out.trim()));
      following.child.kill("SIGINT");
      expect((await following.ended).code).toBe(130);
      const nothing = await run(["logs", "Nobody"]);
      expect(nothing).toMatchObject({ code: 4, out: "", err: expect.stringContaining('session or app "Nobody"') });
      expect(await run(["logs", "01920000-0000-7000-8000-000000000001"])).toMatchObject({ code: 4, out: "" });
      expect(await run(["logs", "f".repeat(24)])).toMatchObject({ code: 4, out: "" });
    });

    test("a deployment that fails exits with 1 and says why; without --wait it is only queued", async () => {
      const manifest = { ...greeter, version: "2.0.0", runtime: "node", entrypoint: "main.js" };
      const failed = await run(["deploy", folder("external", manifest), "--app", "Ready", "--wait", "--json"]);
      expect(failed.code).toBe(1);
      expect(JSON.parse(failed.out)).toMatchObject({ status: "failed", version: "2.0.0" });
      expect(JSON.parse(lines(failed.err).at(-1) ?? "")).toMatchObject({ error: { exit_code: 1 } });
      const bad = await run(["deploy", folder("bad", { ...greeter, model: 5 }), "--app", "Ready"]);
      expect(bad).toMatchObject({ code: 2, out: "", err: expect.stringMatching(/Request: req_/) });
      const other = await run(["deploy", "ready", "--app", "Ready", "--version", "9.9.9"]);
      expect(other).toMatchObject({ code: 2, err: expect.stringContaining("Manifest version does not match") });
      const { version: _, ...unnumbered } = greeter;
      const queued = await run([
        "deploy",
        folder("unnumbered", unnumbered),
        "--app",
        "Ready",
        "--version",
        "1.1.0",
        "--json",
      ]);
      expect(JSON.parse(queued.out)).toMatchObject({ deployment: { status: "queued" }, package: { version: "1.1.0" } });
      const id = JSON.parse(queued.out).deployment.id;
      const status = async () => (await send(`GET /api/deployments/${id}`, { apiKey })).body.deployment.status;
      await expect.poll(status, { timeout: 10_000 }).toBe("completed");
    });

    test("a reader that leaves early ends the program without a complaint", async () => {
      const following = start(["logs", "--follow", "--json"]);
      await until(following, (said) => said.includes("\n"));
      following.child.stdout?.destroy();
      await run(["keys", "create", "Tell"]);
      const { code, err } = await following.ended;
      expect({ code, err }).toEqual({ code: 0, err: "" });
    });
  });
}
