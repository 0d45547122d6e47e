import { Server } from "@modelcontextprotocol/server";
import type { Context } from "#lib/context";
import { publicUrl } from "#lib/env";
import { callTool, listTools } from "#lib/mcp/call";
import { listResources, readResource, resourceTemplates } from "#lib/mcp/resources";
import { mayUse } from "#lib/mcp/scopes";
import packageJson from "../../package.json" with { type: "json" };

const instructions =
  "Baton runs AI models, agents and agent apps for one organization. list_models says which models can answer. Ask one with run_prompt; let several work with orchestrate; start background work with spawn_agent and read it with get_agent. All of it costs credits or budget: quote, get_usage and get_credits tell how much.";

/**
 * A server for one message of one caller: nothing of it outlives the message, so any process can answer the next one. What
 * is costly, the list of tools, is made once and shared.
 */
export function createServer(ctx: Context): Server {
  const identity = { name: "baton", title: "Baton", version: packageJson.version, websiteUrl: publicUrl() };
  const server = new Server(identity, { capabilities: { tools: {}, resources: {} }, instructions });
  server.setRequestHandler("tools/list", () => ({ tools: listTools(ctx) }));
  server.setRequestHandler("tools/call", ({ params }, call) => callTool(ctx, params.name, params.arguments, call));
  server.setRequestHandler("resources/list", ({ params }) => listResources(ctx, params?.cursor));
  server.setRequestHandler("resources/templates/list", () => ({
    resourceTemplates: mayUse(ctx, "agents:read") ? resourceTemplates : [],
  }));
  server.setRequestHandler("resources/read", ({ params }) => readResource(ctx, params.uri));
  return server;
}
