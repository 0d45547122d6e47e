import type { Tool, ToolAnnotations } from "@modelcontextprotocol/server";
import type { ZodObject, z } from "zod";
import type { Context, Scope } from "#lib/context";
import type { Dialect } from "#lib/http/dialect";
import type { LimitName } from "#lib/http/limits";
import { jsonSchemaOf } from "#lib/mcp/json-schema";

/** Tells whoever waits what happens, in one line. */
export type Progress = (message: string) => Promise<void>;

export type ToolCall<I> = {
  ctx: Context;
  input: I;
  /** Aborts when the client has gone or has cancelled the call. */
  signal: AbortSignal;
  /** There when the client wants to hear of progress. */
  progress: Progress | undefined;
};

/** Where more of a result can be read. */
export type Link = { uri: string; name: string };

/** The endpoint that does the same: a call of the tool counts as one of its calls. */
type Counted<I> = {
  family: Dialect["name"];
  limit?: LimitName;
  /** As how many calls it counts; 1 unless said. */
  calls?(ctx: Context, input: I): Promise<number>;
};

type ToolSpec<I extends ZodObject, O extends ZodObject> = {
  name: string;
  title: string;
  description: string;
  scope: Scope;
  counts: Counted<z.output<I>>;
  hints: Pick<ToolAnnotations, "readOnlyHint" | "destructiveHint" | "idempotentHint">;
  input: I;
  output: O;
  /** Resources in which the result, or more of it, can be read. */
  links?(output: z.output<O>): Link[];
  run(call: ToolCall<z.output<I>>): Promise<z.input<O>>;
};

export type AnyTool = ToolSpec<ZodObject, ZodObject> & { listed(): Tool };

/** Declares a tool: its policy, its entry in the list, and what it does. The list's entry is made once. */
export function tool<I extends ZodObject, O extends ZodObject>(spec: ToolSpec<I, O>): AnyTool {
  // What `run` is given is what the schema of the same declaration parsed.
  const erased = spec as unknown as ToolSpec<ZodObject, ZodObject>;
  const { name, title, description, hints } = spec;
  let listed: Tool | undefined;
  const make = (): Tool => ({
    name,
    title,
    description,
    inputSchema: jsonSchemaOf(spec.input, "input"),
    outputSchema: jsonSchemaOf(spec.output, "output"),
    annotations: { title, ...hints, openWorldHint: false },
  });
  return {
    ...erased,
    listed: () => {
      listed ??= make();
      return listed;
    },
  };
}

/** Reads only. */
export const reads = { readOnlyHint: true, idempotentHint: true } as const;
/** Makes something new each time, and changes nothing that is there. */
export const adds = { readOnlyHint: false, destructiveHint: false, idempotentHint: false } as const;
/** Ends something that cannot be taken up again. */
export const ends = { readOnlyHint: false, destructiveHint: true, idempotentHint: true } as const;
