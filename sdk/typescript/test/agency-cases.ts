import { describe, expect, test } from "vitest";
import { createOrganization } from "../../../lib/testing/factories.ts";
import AgencyByDefault, { Agency } from "../src/agency.ts";
import { readOutput } from "../src/agent.ts";
import { json, noWaiting, startFlakyServer } from "./flaky-server.ts";

export function agencyCases(host: { url: string }): void {
  describe("the Agency client", () => {
    const open = async () => new Agency({ apiKey: (await createOrganization()).apiKey, baseUrl: host.url });

    test("A19 A22 an agent is spawned, waited for, and its result read", async () => {
      const agency = await open();
      const agent = await agency.spawn({ model: "k2p5", task: "Write a blog post about AI", priority: "normal" });
      expect(agent).toMatchObject({
        agent_id: expect.stringMatching(/^subagent_\d{10}_\d{4}$/),
        model: "k2p5",
        status: "spawning",
        estimated_cost: 0.05,
      });
      const result = await agent.waitForCompletion();
      const details = await agent.details();
      expect(details.status).toBe("completed");
      expect(result).toMatchObject({ output: details.result, cost: 0.03, model: "k2p5", agent_id: agent.agent_id });
      expect(result.output).not.toBe("");
      expect(result.output.startsWith(result.summary)).toBe(true);
      expect(AgencyByDefault).toBe(Agency);
    });

    test("A20 a team works under one id", async () => {
      const agency = await open();
      const agent = await agency.spawnTeam({ team: "team_coding", task: "Review this", priority: "high" });
      expect(agent.models).toEqual(["kimi-coding/k2p5", "anthropic/claude-sonnet-4-6"]);
      expect((await agent.waitForCompletion({ timeoutMs: 60_000 })).cost).toBeGreaterThan(0);
      await expect(agency.spawnTeam({ team: "team_none", task: "x" })).rejects.toMatchObject({
        status: 400,
        message: "Unknown team: team_none",
      });
    });

    test("A21 A26 agents are listed and cancelled; waiting for a cancelled one says so", async () => {
      const agency = await open();
      const agent = await agency.spawn({
        task: "Count tides",
        timeout: 600,
        privacy: { detect_pii: true, retention_days: 7 },
      });
      expect((await agent.details()).privacy).toMatchObject({ detect_pii: true, retention_days: 7 });
      expect((await agency.listAgents({ limit: 5 })).data).toMatchObject([{ agent_id: agent.agent_id }]);
      const waiting = agent.waitForCompletion();
      const ended = expect(waiting).rejects.toMatchObject({ code: "agent_cancelled" });
      expect(await agency.cancel(agent.agent_id)).toMatchObject({
        success: true,
        message: "Agent cancelled",
        refund: expect.any(Number),
      });
      await ended;
      await expect(agent.cancel()).rejects.toMatchObject({ status: 409 });
      await expect(agency.cancel("subagent_1700000000_0000")).rejects.toMatchObject({ status: 404 });
    });

    test("A22 waiting ends with the caller's signal, and after the time it was given", async () => {
      const agency = await open();
      const agent = await agency.spawn({ task: "Count tides" });
      await expect(agent.waitForCompletion({ timeoutMs: 200 })).rejects.toMatchObject({ code: "timeout" });
      const stop = new AbortController();
      const waiting = agent.waitForCompletion({ signal: stop.signal, timeoutMs: 60_000 });
      stop.abort(new Error("The user left"));
      await expect(waiting).rejects.toThrow("The user left");
    });

    test("A22 an agent is waited for also where streams do not get through; its failure is thrown", async () => {
      const running = json(200, { agent_id: "subagent_1", model: "k2p5", status: "running", run_id: "r1" });
      const failed = json(200, {
        agent_id: "subagent_1",
        model: "k2p5",
        status: "failed",
        error: "Timeout",
        run_id: "r1",
      });
      const spawned = json(200, {
        success: true,
        agent_id: "subagent_1",
        model: "k2p5",
        status: "spawning",
        estimated_cost: 0.05,
      });
      await using server = await startFlakyServer(
        spawned,
        running,
        json(404, { error: "No", code: "NOT_FOUND" }),
        failed,
      );
      const agency = new Agency({ apiKey: "k", baseUrl: server.url, ...noWaiting() });
      const agent = await agency.spawn({ task: "Go" });
      await expect(agent.waitForCompletion()).rejects.toMatchObject({ code: "agent_failed", message: "Timeout" });
      expect(server.received.map(({ path }) => path)).toEqual([
        "/api/spawn",
        "/api/agent/subagent_1",
        "/api/runs/r1/events",
        "/api/agent/subagent_1",
      ]);
    });

    test("A19 an agency stops asking a server that fails; its calls are tried five times", async () => {
      await using server = await startFlakyServer(json(503, { error: { code: 503, message: "Away" } }));
      const agency = new Agency({ apiKey: "k", baseUrl: server.url, ...noWaiting() });
      for (let n = 0; n < 5; n++) await expect(agency.spawn({ task: "Go" })).rejects.toMatchObject({ status: 503 });
      expect(server.received).toHaveLength(25);
      await expect(agency.spawn({ task: "Go" })).rejects.toMatchObject({ code: "circuit_open" });
      expect(server.received).toHaveLength(25);
    });

    test("A22 summary is the first paragraph, issues are the list items", () => {
      const output =
        "The code works,\nmostly.\n\nFound:\r\n- a leak\n* [x] a **race**\n  2) a typo\n10. no tests\n\n-not an item\n3.5 is a number\n";
      expect(readOutput(output)).toEqual({
        output,
        summary: "The code works,\nmostly.",
        issues: ["a leak", "a **race**", "a typo", "no tests"],
      });
      expect(readOutput("")).toEqual({ output: "", summary: "", issues: [] });
    });
  });
}
