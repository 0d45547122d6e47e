import { expect, test } from "vitest";
import type { Dialect } from "#lib/http/dialect";
import { dialectOfPath } from "#lib/http/families";

const oid = "65f0c0ffee65f0c0ffee65f0";

/** Contract README 2, row by row, and K1, K2. */
const table: [Dialect["name"], string[]][] = [
  [
    "paas",
    [
      "/api/stats",
      "/api/projects",
      "/api/projects/7",
      "/api/accounts",
      "/api/accounts/available",
      "/api/handoff/export/1",
      "/api/knowledge",
      "/api/knowledge/search",
      "/api/private/context",
      "/api/sessions/7",
      "/api/sessions/7/complete",
      "/api/sessions/1234567890123456789",
    ],
  ],
  [
    "cloud",
    [
      "/api/auth/login",
      "/api/organizations/current",
      "/api/api-keys",
      "/api/api-keys/x/rotate",
      "/api/agent-apps",
      "/api/agent-apps/x/packages/deploy",
      "/api/credits/balance",
      "/api/usage/metrics",
      "/api/stripe/webhook",
      "/api/deployments/queue/stats",
      "/api/cron/process-deployments",
      "/api/health",
      "/api",
      "/api/unknown",
      "/api/statsx",
      "/api/agentsmith",
      "/api/v10/x",
    ],
  ],
  [
    "orchestratex",
    [
      "/api/threads/",
      "/api/threads",
      `/api/threads/${oid}`,
      "/api/orchestration/start",
      "/api/models",
      "/api/models/",
      "/api/models/gpt4",
      "/api/analytics/usage",
      "/ws/abc",
      `/api/sessions/${oid}`,
      `/api/sessions/${oid}/`,
      "/api/sessions/user/u1",
      "/api/sessions/123456789012345678901234",
      "/api/sessions/not-an-id",
    ],
  ],
  [
    "orchestra",
    [
      "/chat",
      "/chat/v2/chat",
      "/chat/v1/chat",
      "/chat/v2/webhooks",
      "/chat/ws/a/b",
      "/health",
      "/readiness",
      "/metrics",
    ],
  ],
  [
    "agency",
    [
      "/api/v1/spawn",
      "/api/v2/anything",
      "/api/v3/status",
      "/api/v4/agents",
      "/api/v4",
      "/api/orchestrator/status",
      "/api/pricing/quote",
      "/api/spawn",
      "/api/spawn-team",
      "/api/spawn-batch",
      "/api/agent",
      "/api/agent/subagent_1",
      "/api/agents",
      "/api/agents/",
      "/api/status",
      "/api/cancel",
      "/api/rate-limits",
      "/api/system",
      "/api/webhooks",
      "/api/webhooks/x",
      "/api/billing/invoices",
      "/api/security/audit",
      "/api/keys/x",
      "/api/events",
      "/api/metrics",
      "/api/teams",
      "/api/teams/team_x",
      "/api/privacy/export",
    ],
  ],
  ["shared", ["/api/sessions", "/api/sessions/"]],
  ["openai", ["/v1/models", "/v1/chat/completions", "/v1/unknown", "/v1/messagesmith"]],
  ["mcp", ["/mcp", "/mcp/"]],
  ["anthropic", ["/v1/messages", "/v1/messages/count_tokens", "/v1/messages/batches"]],
];

test.each(table)("README 2: %s", (name, paths) => {
  for (const path of paths) expect(dialectOfPath(path).name, path).toBe(name);
});

test("README 1: the doubled /api of naive clients changes nothing", () => {
  for (const [name, paths] of table) {
    for (const path of paths.filter((one) => one.startsWith("/api/")))
      expect(dialectOfPath(`/api${path}`).name, path).toBe(name);
  }
});
