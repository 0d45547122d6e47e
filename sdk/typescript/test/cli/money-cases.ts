import { beforeAll, describe, expect, test } from "vitest";
import { send } from "../../../../lib/testing/client.ts";
import { createOrganization } from "../../../../lib/testing/factories.ts";
import { json, startFlakyServer } from "../flaky-server.ts";
import { cliIn, lines } from "./program.ts";

export function moneyCases(host: { url: string }): void {
  describe("usage, credits, quote, models, and how failures end", () => {
    let apiKey = "";
    beforeAll(async () => {
      ({ apiKey } = await createOrganization());
    });
    const { run } = cliIn(() => ({ BATON_URL: host.url, BATON_API_KEY: apiKey }));
    const priced = ["quote", "--model", "sonnet", "--input-tokens", "3000", "--output-tokens", "1200"];

    test("a quote goes to the work that is sold under it", async () => {
      const made = await run([...priced, "--segment", "enterprise", "--complexity", "high", "--json"]);
      const { quote_id, quote } = JSON.parse(made.out);
      expect(quote).toMatchObject({ internal_cost: 0.027, recommended_price: 0.5, gross_margin_pct: 94.6 });
      const people = await run(priced);
      expect(people.out).toMatch(/^Quote +\S+\nPrice +\$0\.\d{4}\nOwn cost +\$0\.0270\n/);
      const spawned = JSON.parse((await run(["spawn", "Go", "--quote", quote_id, "--json"])).out);
      const { body } = await send(`GET /api/agent/${spawned.agent_id}`, { apiKey });
      expect(body.quote_id).toBe(quote_id);
    });

    test("usage, credits and models as columns for people and as one document for programs", async () => {
      const used = lines((await run(["usage", "--by", "key", "--days", "7"])).out);
      expect(used[0]).toMatch(/^KEY +INVOCATIONS +API CALLS +CREDITS +COST$/);
      expect(used.at(-1)).toMatch(/^total +\d/);
      const document = JSON.parse((await run(["usage", "--json"])).out);
      expect(document).toMatchObject({ by: "model", days: 30, total: expect.any(Object) });
      expect((await run(["credits"])).out).toMatch(/^Credits +25\n/);
      expect(JSON.parse((await run(["credits", "--json"])).out)).toMatchObject({ credits: 25 });
      expect((await run(["models"])).out).toMatch(/^NAME +PROVIDER(.*\n)+gpt4 /);
    });

    test("a refused field, a missing right and an unknown server each have their exit code and one line", async () => {
      const field = await run(["keys", "create", "a".repeat(101)]);
      expect(field).toMatchObject({ code: 2, out: "" });
      expect(lines(field.err)).toHaveLength(1);
      expect(field.err).toMatch(/^baton: .*Field: name\. Request: req_/);
      const { apiKey: reader } = await createOrganization({ scopes: ["agents:read"] });
      const refused = await run(["spawn", "Go"], { env: { BATON_API_KEY: reader } });
      expect(refused).toMatchObject({ code: 3, out: "", err: expect.stringContaining("scope") });
      const nobody = await run(["credits"], { env: { BATON_URL: "http://127.0.0.1:9" } });
      expect(nobody).toMatchObject({
        code: 6,
        out: "",
        err: expect.stringContaining("No answer from http://127.0.0.1:9"),
      });
      const asJson = await run(["credits", "--json", "--key", "sk_live_wrong"]);
      expect(asJson).toMatchObject({ code: 3, out: "" });
      expect(JSON.parse(asJson.err)).toMatchObject({
        error: { exit_code: 3, status: 401, request_id: expect.stringMatching(/^req_/) },
      });
    });

    test("limits end with 5, faults of the server with 6", async () => {
      await send("PUT /api/orchestrator/config", { apiKey, body: { daily_budget: 0.01 } });
      const budget = await run(["spawn", "Go", "--model", "opus"]);
      expect(budget).toMatchObject({ code: 5, out: "", err: expect.stringMatching(/Try again in \d+ s\./) });
      const limited = json(429, { error: "Slow down" }, { "retry-after": "60" });
      const server = await startFlakyServer(
        limited,
        json(500, { error: "Broken" }),
        json(402, { error: "No credits" }),
      );
      const env = { BATON_URL: server.url };
      expect(await run(["credits"], { env })).toMatchObject({
        code: 5,
        err: expect.stringContaining("Try again in 60 s."),
      });
      expect(await run(["credits"], { env })).toMatchObject({ code: 6, err: expect.stringContaining("Broken") });
      expect(await run(["credits"], { env })).toMatchObject({ code: 5, err: expect.stringContaining("No credits") });
      await server.close();
    });
  });
}
