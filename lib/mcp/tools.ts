import type { AnyTool } from "#lib/mcp/tool";
import { cancelAgent, getAgent, listAgents, spawnAgent, spawnTeam } from "#lib/mcp/tools/agents";
import { listApps } from "#lib/mcp/tools/apps";
import { getCredits, getUsage, quote } from "#lib/mcp/tools/billing";
import { chat, runPrompt } from "#lib/mcp/tools/chat";
import { deployApp, getDeployment } from "#lib/mcp/tools/deployments";
import { invokeApp } from "#lib/mcp/tools/invoke";
import { searchKnowledge } from "#lib/mcp/tools/knowledge";
import { listModels } from "#lib/mcp/tools/models";
import { orchestrate } from "#lib/mcp/tools/orchestrate";
import { cancelRun, getRun, listRuns } from "#lib/mcp/tools/runs";

/** Every tool, in the order in which clients see them. */
export const tools: readonly AnyTool[] = [
  listModels,
  runPrompt,
  chat,
  orchestrate,
  getRun,
  listRuns,
  cancelRun,
  spawnAgent,
  spawnTeam,
  getAgent,
  listAgents,
  cancelAgent,
  listApps,
  deployApp,
  getDeployment,
  invokeApp,
  quote,
  getUsage,
  getCredits,
  searchKnowledge,
];

const byName = new Map(tools.map((tool) => [tool.name, tool]));

/** The tool of that name, whoever may use it. */
export const findTool = (name: string): AnyTool | undefined => byName.get(name);
