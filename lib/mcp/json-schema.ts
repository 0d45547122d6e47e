import type { Tool } from "@modelcontextprotocol/server";
import { type ZodType, z } from "zod";

/** Descriptions and examples of schemas, without the names under which the OpenAPI document shares them. */
class Unnamed extends z.core.$ZodRegistry<Record<string, unknown>> {
  override get(schema: z.core.$ZodType): Record<string, unknown> | undefined {
    const known = z.globalRegistry.get(schema);
    if (!known) return undefined;
    const { id: _, override: __, ...shown } = known as Record<string, unknown>;
    return shown;
  }

  override has(schema: z.core.$ZodType): boolean {
    return z.globalRegistry.has(schema);
  }
}

const metadata = new Unnamed() as unknown as typeof z.globalRegistry;

/** What a schema says of itself in place of what can be read from it: the OpenAPI document's own convention. */
function overrideOf(schema: z.core.$ZodType): object | undefined {
  const { override } = (z.globalRegistry.get(schema) ?? {}) as { override?: unknown };
  return typeof override === "object" && override !== null ? override : undefined;
}

/** Leaves out what says nothing to a model that reads it: the pattern of a known format, the bounds of what JSON can hold. */
function shorten(schema: z.core.JSONSchema.BaseSchema): void {
  delete schema.$schema;
  if (schema.format !== undefined) delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

export type ObjectSchema = Tool["inputSchema"];

/** A schema as clients of the protocol read it: plain JSON Schema 2020-12, whole in itself. Its root is an object. */
export function jsonSchemaOf(schema: ZodType, io: "input" | "output"): ObjectSchema {
  const { $schema: _, ...whole } = z.toJSONSchema(schema, {
    io,
    metadata,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const replaced = overrideOf(zodSchema);
      if (replaced) Object.assign(jsonSchema, replaced);
      shorten(jsonSchema);
    },
  });
  if (whole.type !== "object") throw new TypeError("A tool's input and output are objects.");
  return whole as ObjectSchema;
}
