import { describe, expect, test } from "vitest";
import { estimateMicros as estimateOfServer } from "#lib/agents/estimate";
import { agentModels, agentPriorities, agentStatuses } from "#lib/agents/fields";
import { getModel } from "#lib/models/service";
import { agentsHref, chipsOf, listQueryOf, readAgentsQuery } from "./query";
import { estimateMicros, formatDollars, models, priorities, statuses } from "./words";

describe("what the browser knows of agents", () => {
  test("its lists are those of the contract", () => {
    expect(models).toEqual(agentModels);
    expect(priorities).toEqual(agentPriorities);
    expect(statuses).toEqual(agentStatuses);
  });

  test("A19: it shows the estimate that the server holds", () => {
    for (const name of models)
      for (const task of ["x", "é😀".repeat(7), "word ".repeat(400)]) {
        const model = getModel(name);
        expect(estimateMicros(task, model.price?.input ?? 0)).toBe(estimateOfServer(model, task));
      }
  });

  test("amounts below zero keep their sign before the dollar", () => {
    expect([formatDollars(0.03), formatDollars(-1127.1)]).toEqual(["$0.03", "−$1,127.10"]);
  });
});

describe("the address of the list", () => {
  const read = (text: string) => readAgentsQuery(Object.fromEntries(new URLSearchParams(text)));

  test("says what it is narrowed by, and drops what it says wrongly", () => {
    const query = read("status=running&model=opus&cost=0.5&from=2026-02-01&to=2026-02-02&text=report&sort=cost&page=3");
    expect(agentsHref(query, {})).toBe(
      "/dashboard/agents?status=running&model=opus&from=2026-02-01&to=2026-02-02&cost=0.5&text=report&sort=cost",
    );
    expect(chipsOf(query).map(({ label, value }) => `${label}: ${value}`)).toEqual([
      "Status: Running",
      "Model: opus",
      "From: 2026-02-01",
      "To: 2026-02-02",
      "Cost above: $0.50",
      "Text: report",
    ]);
    expect(read("status=sleeping&cost=-1&from=1.2.2026&sort=task&page=x")).toEqual(read(""));
  });

  test("becomes the query of A21, with the whole last day", () => {
    const { filter, ...rest } = listQueryOf(read("from=2026-02-01&to=2026-02-28&cost=0.5&text=report&page=2"), 20);
    expect(rest).toEqual({ sort: "-created_at", limit: "20", offset: "20" });
    expect(JSON.parse(filter ?? "")).toEqual({
      created_at_gte: "2026-02-01T00:00:00Z",
      created_at_lt: "2026-03-01T00:00:00Z",
      cost_gt: 0.5,
      task_contains: "report",
    });
    expect(JSON.parse(listQueryOf(read("text=subagent_17"), 20).filter ?? "")).toEqual({
      agent_id_starts_with: "subagent_17",
    });
  });
});
