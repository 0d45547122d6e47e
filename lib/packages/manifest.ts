import { z } from "zod";

const text = (charactersMax: number) => z.string().min(1).max(charactersMax);
const Instructions = text(50_000);
const ModelName = text(100).meta({ description: "Name of a model, such as gpt-4 or claude." });

/** A JSON Schema, bounded so that checking a value with it stays cheap. */
const schemaCharactersMax = 32_000;
const schemaDepthMax = 16;

function depthOf(value: unknown, depth = 0): number {
  if (typeof value !== "object" || value === null || depth > schemaDepthMax) return depth;
  return Object.values(value).reduce<number>((most, item) => Math.max(most, depthOf(item, depth + 1)), depth + 1);
}

const JsonSchema = z
  .record(z.string(), z.unknown())
  .refine((schema) => depthOf(schema) <= schemaDepthMax, `A schema may be nested ${schemaDepthMax} levels deep`)
  .refine(
    (schema) => JSON.stringify(schema).length <= schemaCharactersMax,
    `A schema may have ${schemaCharactersMax} characters`,
  );

const Member = z.object({
  name: text(100),
  role: text(200).optional().meta({ description: "What this member is there for; its name unless said." }),
  model: ModelName.optional(),
  instructions: Instructions.optional(),
});

const Refine = z.object({
  name: z.literal("refine"),
  rounds: z.int().min(1).max(10).optional(),
  threshold: z.number().min(0).max(10).optional().meta({ description: "Score from 0 to 10 that is good enough." }),
});
const Named = z.enum(["single", "refine", "team", "debate"]);
const Strategy = z.union([
  Named,
  z.discriminatedUnion("name", [
    Refine,
    z.object({ name: z.literal("single") }),
    z.object({ name: z.literal("team") }),
    z.object({ name: z.literal("debate") }),
  ]),
]);

/** Host and scheme are fixed; `{name}` in path or query is replaced by a parameter of the call. */
const urlTemplate = /^https:\/\/[a-z0-9.-]+(:\d{1,5})?(\/[^\s\\]*)?$/i;
const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
/** Set by the client that makes the call, never by a package. */
const reservedHeaders = /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|proxy-.*)$/i;

const Tool = z.object({
  name: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, "Must begin with a letter: letters, digits, _ and -, at most 64"),
  description: text(1_000),
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]).default("GET"),
  url: z
    .string()
    .max(2_000)
    .regex(urlTemplate, "Must be an https URL with a fixed host")
    .meta({ description: "An https URL; {name} in its path or query is replaced by the parameter of that name." }),
  headers: z
    .record(
      z
        .string()
        .regex(headerName, "Must be the name of a header")
        .refine((name) => !reservedHeaders.test(name), "This header cannot be set"),
      z
        .string()
        .max(2_000)
        .regex(/^[\t\x20-\x7e]*$/, "Must be printable ASCII"),
    )
    .refine((headers) => Object.keys(headers).length <= 20, "A tool may set 20 headers")
    .optional(),
  parameters: JsonSchema.optional().meta({ description: "JSON Schema of the parameters a model may choose." }),
});

const unique = (names: string[]) => new Set(names).size === names.length;

const facts = {
  name: text(200),
  version: z.string().max(100).optional().meta({ description: "MAJOR.MINOR.PATCH; the version it is uploaded as." }),
  description: z.string().max(5_000).optional(),
  inputSchema: JsonSchema.optional().meta({ description: "JSON Schema of the input of a call." }),
};

/** An agent that Baton runs itself: what to ask which models, and which HTTP calls they may make. */
export const DeclarativeManifest = z.object({
  ...facts,
  runtime: z.literal("declarative").default("declarative"),
  model: ModelName.optional().meta({ description: "The model that answers; Baton chooses one unless said." }),
  team: z
    .array(Member)
    .min(1)
    .max(10)
    .refine((members) => unique(members.map(({ name }) => name)), "Members need different names")
    .optional(),
  instructions: Instructions.optional(),
  strategy: Strategy.optional().meta({ description: "single unless said; team when there is a team." }),
  tools: z
    .array(Tool)
    .max(20)
    .refine((tools) => unique(tools.map(({ name }) => name)), "Tools need different names")
    .optional(),
});

/** Code for an external runtime (RUNTIME_URL). Baton hands the package over and never executes any of it. */
export const ExternalManifest = z.object({
  ...facts,
  runtime: text(100)
    .regex(/^(?!declarative$)/)
    .optional()
    .meta({ description: "external, or what the external runtime knows, such as python3.12." }),
  entrypoint: text(500).optional().meta({ description: "What the external runtime starts." }),
});

export type DeclarativeManifest = z.infer<typeof DeclarativeManifest>;
export type ExternalManifest = Omit<z.infer<typeof ExternalManifest>, "runtime"> & { runtime: string };
export type Manifest = DeclarativeManifest | ExternalManifest;

const isExternal = ({ runtime, entrypoint }: Record<string, unknown>) =>
  runtime === undefined ? entrypoint !== undefined : runtime !== "declarative";

/** What rules between fields are broken. */
function contradictions(manifest: DeclarativeManifest): string[] {
  const strategy = typeof manifest.strategy === "string" ? manifest.strategy : manifest.strategy?.name;
  return [
    ...(manifest.team && manifest.model
      ? ["manifest.json: model and team exclude each other; a member names its model"]
      : []),
    ...(manifest.team && strategy && strategy !== "team"
      ? ["manifest.json: strategy: a team needs the strategy team"]
      : []),
    ...(strategy === "team" && !manifest.team ? ["manifest.json: team: the strategy team needs members"] : []),
  ];
}

export type ManifestCheck = { manifest: Manifest; problems: [] } | { manifest: undefined; problems: string[] };

/** Checks a parsed manifest. Unknown fields are left out; what Baton would run must be right. Problems name their field. */
export function checkManifest(value: Record<string, unknown>): ManifestCheck {
  const external = isExternal(value);
  const parsed = (external ? ExternalManifest : DeclarativeManifest).safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `manifest.json: ${path.map(String).join(".")}: ${message}`,
    );
    return { manifest: undefined, problems: problems.slice(0, 20) };
  }
  const problems = external ? [] : contradictions(parsed.data as DeclarativeManifest);
  if (problems.length > 0) return { manifest: undefined, problems };
  const manifest = external ? { ...parsed.data, runtime: parsed.data.runtime ?? "external" } : parsed.data;
  return { manifest: manifest as Manifest, problems: [] };
}

/** The published JSON Schema of manifest.json: an agent that Baton runs, or code that says so by runtime or entrypoint. */
export function manifestSchema(): object {
  const either = z.union([
    DeclarativeManifest.loose(),
    ExternalManifest.required({ runtime: true }).loose(),
    ExternalManifest.required({ entrypoint: true }).loose(),
  ]);
  const { $schema, ...schema } = z.toJSONSchema(either, { io: "input" });
  return { $schema, title: "manifest.json of an .apkg", ...schema };
}
