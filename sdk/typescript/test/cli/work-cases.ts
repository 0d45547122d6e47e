import { beforeAll, describe, expect, test } from "vitest";
import { send } from "../../../../lib/testing/client.ts";
import { createOrganization } from "../../../../lib/testing/factories.ts";
import { startFlakyServer } from "../flaky-server.ts";
import { cliIn, lines, records, until } from "./program.ts";

export function workCases(host: { url: string }): void {
  describe("chat, orchestrate, spawn, agents, teams, runs", () => {
    let apiKey = "";
    beforeAll(async () => {
      ({ apiKey } = await createOrganization());
    });
    const { run, start } = cliIn(() => ({ BATON_URL: host.url, BATON_API_KEY: apiKey }));

    test("chat streams the answer, takes piped standard input, and keeps its session", async () => {
      const first = start(["chat", "Why", "are", "there", "tides?", "--session", "s1"]);
      let pieces = 0;
      first.child.stdout?.on("data", () => pieces++);
      const { code, out } = await first.ended;
      const { body } = await send("GET /chat/v2/sessions/s1/history", { apiKey });
      expect({ code, out }).toEqual({ code: 0, out: `${body.data.turns[1].content.trimEnd()}\n` });
      expect(pieces).toBeGreaterThan(1);
      const piped = await run(["chat", "--session", "s1", "--memory", "--json"], { input: "And eclipses?" });
      const told = records(piped.out);
      const text = told.flatMap(({ type, token }) => (type === "token" ? [token] : [])).join("");
      expect(told.length).toBeGreaterThan(2);
      expect(told.at(-1)).toEqual({ type: "done", response: text, session_id: "s1" });
      const { body: after } = await send("GET /chat/v2/sessions/s1/history", { apiKey });
      expect(after.data.turns.map(({ content }: { content: string }) => content).slice(2)).toEqual([
        "And eclipses?",
        text,
      ]);
    });

    test("chat --model asks that model; - stands for standard input; an unknown one is not found", async () => {
      const done = await run(["chat", "-m", "gpt4", "Review this:", "-", "--json"], { input: "a = b" });
      expect(records(done.out).at(-1)).toMatchObject({ type: "done", model: "gpt4" });
      const listed = await run(["runs", "list", "--kind", "completion", "--json"]);
      expect(JSON.parse(listed.out).runs).toMatchObject([{ kind: "completion", status: "completed" }]);
      expect(await run(["chat", "-m", "gtp4", "Hi"])).toMatchObject({ code: 4, out: "" });
      expect(await run(["chat", "-m", "gpt4", "--session", "s", "Hi"])).toMatchObject({ code: 2, out: "" });
      expect(await run(["chat"], { input: "" })).toMatchObject({ code: 2, out: "" });
    });

    test("orchestrate --watch tells round, model and score, then prints the best answer alone", async () => {
      const words = ["orchestrate", "Why", "tides?", "--watch", "--max-iterations", "2", "--models", "gpt4,claude"];
      const { code, out, err } = await run([...words, "--threshold", "10"]);
      expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/\[1\] (gpt4|claude) /) });
      expect(err).toMatch(/\[1\] score [\d.]+ by .*\n\[2\] /);
      expect(err).toMatch(/Done: score [\d.]+, 2 rounds/);
      const id = /^Orchestration (\S+)/.exec(err)?.[1];
      const { body } = await send(`GET /api/orchestration/status/${id}`, { apiKey });
      expect(out).toBe(`${body.final_response}\n`);
      const json = await run([...words.slice(0, 4), "--max-iterations", "1", "--json"]);
      expect(records(json.out).map(({ type }) => type)).toEqual([
        ...["orchestration_started", "model_selected", "response_generated", "evaluation_completed"],
        ...["orchestration_completed", "result"],
      ]);
    });

    test.each([
      [[], "cancelled"],
      [["--detach"], "completed"],
    ])("orchestrate --watch %j: after Ctrl+C the orchestration is %s", async (more, status) => {
      const words = [
        "orchestrate",
        "Tides",
        "-w",
        "--max-iterations",
        more.length > 0 ? "1" : "20",
        "--threshold",
        "10",
      ];
      const started = start([...words, ...more]);
      await until(started, (said) => /^Orchestration /m.test(said));
      started.child.kill("SIGINT");
      const { code, out, err } = await started.ended;
      expect({ code, out }).toEqual({ code: 130, out: "" });
      const id = /^Orchestration (\S+)/m.exec(err)?.[1];
      const statusNow = async () => (await send(`GET /api/orchestration/status/${id}`, { apiKey })).body.status;
      await expect.poll(statusNow, { timeout: 10_000 }).toBe(status);
      expect(err).toMatch(more.length > 0 ? /It goes on/ : /is cancelled/);
    });

    test("Ctrl+C ends a chat in the middle of its answer", async () => {
      const piece = `data: ${JSON.stringify({ choices: [{ delta: { content: "Once" } }] })}\n\n`;
      await using endless = await startFlakyServer((response) => {
        response.writeHead(200, { "content-type": "text/event-stream" }).write(piece);
      });
      const started = start(["chat", "-m", "gpt4", "Tell me a story"], { env: { BATON_URL: endless.url } });
      await until(started, (said) => said.includes("Once"));
      started.child.kill("SIGINT");
      expect(await started.ended).toEqual({ code: 130, out: "Once", err: "baton: Interrupted.\n" });
    });

    test("spawn --wait prints the result; agents lists, shows and cancels; teams work too", async () => {
      const [waited, id] = await Promise.all([
        run(["spawn", "Summarize", "tides", "--wait", "--model", "k2p5"]),
        run(["spawn", "Else", "--priority", "low", "--json"]).then(({ out }) => JSON.parse(out).agent_id as string),
      ]);
      expect(waited.code).toBe(0);
      expect(waited.out.length).toBeGreaterThan(10);
      expect(waited.err).toMatch(/^Agent subagent_\S+ with k2p5, estimated \$/);
      const cancelled = await run(["agents", "cancel", id]);
      const { status } = JSON.parse((await run(["agents", "get", id, "--json"])).out);
      expect(["cancelled", "completed"]).toContain(status);
      expect(cancelled.code).toBe(status === "cancelled" ? 0 : 1);
      const listed = lines((await run(["agents", "--status", "completed"])).out);
      expect(listed[0]).toMatch(/^ID +STATUS +MODEL +COST +CREATED +TASK$/);
      expect(listed.join("\n")).toContain("Summarize tides");
      const team = await run(["teams", "spawn", "team_research", "Compare"]);
      expect(team).toMatchObject({ code: 0, out: expect.stringMatching(/^subagent_\S+\n$/) });
      expect((await run(["teams"])).out).toContain("team_research");
      expect(await run(["agents", "get", "subagent_none"])).toMatchObject({ code: 4, out: "" });
    });

    test("an agent that fails makes spawn --wait fail", async () => {
      const started = start(["spawn", "Long", "--wait"]);
      await until(started, (said) => said.includes("Agent subagent_"));
      const id = /subagent_\S+/.exec(started.err())?.[0];
      await send(`DELETE /api/agent/${id}`, { apiKey });
      expect(await started.ended).toMatchObject({ code: 1, out: "", err: expect.stringMatching(/cancelled/i) });
    });

    test("runs get shows a run with its steps; one of nobody is not found", async () => {
      await run(["chat", "Why", "tides?"]);
      const { runs } = JSON.parse((await run(["runs", "--kind", "chat", "-n", "1", "--json"])).out);
      const shown = await run(["runs", "get", runs[0].run_id]);
      expect(shown.out).toMatch(/^Run +\S+\nKind +chat/);
      const unknown = "01920000-0000-7000-8000-000000000001";
      expect(await run(["runs", "get", unknown])).toMatchObject({ code: 4, out: "" });
    });
  });
}
