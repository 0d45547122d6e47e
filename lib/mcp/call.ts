import {
  type CallToolResult,
  INVALID_PARAMS,
  ProtocolError,
  type ServerContext,
  type Tool,
} from "@modelcontextprotocol/server";
import type { Context } from "#lib/context";
import { invalid } from "#lib/errors";
import { limitFurther } from "#lib/http/admission";
import { issuesOf } from "#lib/http/issues";
import { bounded } from "#lib/mcp/bounded";
import { failed } from "#lib/mcp/failure";
import { mayUse, requireScope } from "#lib/mcp/scopes";
import type { AnyTool, Progress } from "#lib/mcp/tool";
import { findTool, tools } from "#lib/mcp/tools";

/** Clients give up on a call that says nothing for a minute, unless they hear of progress. */
const aliveMs = 10_000;

/** The tools that the caller may use. */
export function listTools(ctx: Context): Tool[] {
  return tools.filter(({ scope }) => mayUse(ctx, scope)).map((tool) => tool.listed());
}

/** What the client wants to hear while it waits: what happens, and from time to time that work goes on. */
function progressOf({ mcpReq }: ServerContext): { tell: Progress | undefined; stop(): void } {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return { tell: undefined, stop: () => undefined };
  let progress = 0;
  const tell = async (message: string) => {
    progress += 1;
    if (mcpReq.signal.aborted) return;
    // Whoever does not listen any more aborts the signal.
    await mcpReq
      .notify({ method: "notifications/progress", params: { progressToken, progress, message } })
      .catch(() => undefined);
  };
  const timer = setInterval(() => void tell("Still working"), aliveMs);
  timer.unref();
  return { tell, stop: () => clearInterval(timer) };
}

async function perform(tool: AnyTool, ctx: Context, given: unknown, signal: AbortSignal, progress?: Progress) {
  requireScope(ctx, tool.scope, tool.name);
  const parsed = tool.input.safeParse(given ?? {});
  const { family, limit = "default", calls } = tool.counts;
  const count = parsed.success && calls ? await calls(ctx, parsed.data) : 1;
  await limitFurther(ctx, family, limit, count);
  if (!parsed.success) throw invalid(issuesOf(parsed.error), "The arguments of this tool are not valid.");
  return tool.output.parse(await tool.run({ ctx, input: parsed.data, signal, progress }));
}

function shown(tool: AnyTool, output: Record<string, unknown>): CallToolResult {
  const links = tool.links?.(output) ?? [];
  const structuredContent = bounded(output, links.length === 1 ? links[0]?.uri : undefined);
  const text = JSON.stringify(structuredContent);
  return {
    content: [
      { type: "text", text },
      ...links.map(({ uri, name }) => ({ type: "resource_link" as const, uri, name, mimeType: "application/json" })),
    ],
    structuredContent,
  };
}

/** Carries a tool out for the caller. What goes wrong is its result; only an unknown name is an error of the protocol. */
export async function callTool(
  ctx: Context,
  name: string,
  given: unknown,
  server: ServerContext,
): Promise<CallToolResult> {
  const tool = findTool(name);
  if (!tool) throw new ProtocolError(INVALID_PARAMS, `Unknown tool: ${name.slice(0, 100)}`);
  const { tell, stop } = progressOf(server);
  try {
    return shown(tool, await perform(tool, ctx, given, server.mcpReq.signal, tell));
  } catch (error) {
    return failed(error, ctx.requestId);
  } finally {
    stop();
  }
}
