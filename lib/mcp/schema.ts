import { z } from "zod";

const single = "Send one JSON-RPC message per request; the protocol has no batches any more.";

/** One message of JSON-RPC 2.0. What its method takes is described by the Model Context Protocol. */
export const McpMessage = z
  .looseObject(
    {
      jsonrpc: z.literal("2.0", 'jsonrpc must be "2.0"'),
      id: z.union([z.string().max(1_000), z.int()], "id must be a text or a whole number").optional(),
      method: z.string("method must be a text").max(200).optional(),
      params: z.looseObject({}, "params must be an object").optional(),
    },
    { error: ({ input }) => (Array.isArray(input) ? single : "Send a JSON-RPC 2.0 message as a JSON object.") },
  )
  .meta({ id: "McpMessage" });
export type McpMessage = z.infer<typeof McpMessage>;
