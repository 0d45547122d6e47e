import { z } from "zod";
import { AgentApp } from "#lib/apps/schema";
import { listApps as list } from "#lib/apps/service";
import { reads, tool } from "#lib/mcp/tool";

const packagesShown = 10;

const AppView = AgentApp.pick({
  id: true,
  name: true,
  description: true,
  is_public: true,
  deployed_package_id: true,
  created_at: true,
  updated_at: true,
}).extend({
  packages: z
    .array(z.object({ id: z.uuid(), version: z.string(), created_at: z.iso.datetime() }))
    .meta({ description: `The newest ${packagesShown}, for deploy_app.` }),
});

export const listApps = tool({
  name: "list_apps",
  title: "List agent apps",
  description:
    "Lists agent apps, newest first, each with its newest packages. An app with a deployed_package_id can be called with invoke_app.",
  scope: "agents:read",
  counts: { family: "cloud" },
  hints: reads,
  input: z.object({
    limit: z.int().min(1).max(100).default(20),
    offset: z.int().min(0).max(1_000_000).default(0),
  }),
  output: z.object({ apps: z.array(AppView) }),
  run: async ({ ctx, input }) => {
    const { apps } = await list(ctx, input);
    return { apps: apps.map((app) => ({ ...app, packages: app.packages.slice(0, packagesShown) })) };
  },
});
