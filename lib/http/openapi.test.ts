import { join } from "node:path";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import { buildDocument } from "#lib/http/openapi";
import { declaredOperations } from "#server/declared-operations";

type Media = { schema?: object; examples?: object };
type Shown = { description: string; headers?: Record<string, { $ref: string }>; content?: Record<string, Media> };
type Parameter = { $ref?: string; name?: string; description?: string };
type Operation = {
  operationId: string;
  summary: string;
  tags: string[];
  deprecated?: boolean;
  parameters?: Parameter[];
  responses: Record<string, Shown & { $ref?: string }>;
  servers?: { url: string }[];
};
type Document = {
  paths: Record<string, Record<string, Operation>>;
  tags: { name: string; description: string }[];
  components: { responses: Record<string, Shown>; headers: Record<string, object> };
};

const operations = await declaredOperations(join(import.meta.dirname, "../.."));
const document = buildDocument(operations, "0.0.0") as Document;
const shown = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({
    line: `${method.toUpperCase()} ${operation.servers?.[0]?.url ?? ""}${path}`,
    operation,
  })),
);

/** The linter's strict rules, all of them, as they come. */
async function lint(source: object): Promise<string[]> {
  // As text, because comparing an object with the type of all possible configurations takes the compiler three seconds.
  const config = await createConfig("extends: [recommended-strict]");
  const problems = await lintFromString({ source: JSON.stringify(source), absoluteRef: "openapi.json", config });
  return problems.map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

const answerOf = (answer: Shown & { $ref?: string }): Shown | undefined =>
  answer.$ref ? document.components.responses[answer.$ref.split("/").at(-1) ?? ""] : answer;

describe("the strict linter", () => {
  test("finds nothing", async () => {
    expect(await lint(document)).toEqual([]);
  });

  test("has nothing to say about two addresses of one shape, because one is below a server of its own", () => {
    expect(document.paths["/user/{user_id}"]?.get?.servers).toEqual([{ url: "/api/sessions" }]);
    expect(shown.map(({ line }) => line)).toContain("GET /api/sessions/user/{user_id}");
  });

  test("would find a broken document", async () => {
    const broken = structuredClone(document);
    const get = broken.paths["/api/stats"]?.get;
    if (!get) throw new Error("GET /api/stats is not declared.");
    get.operationId = "listProjects";
    get.responses = {
      200: { description: "No schema, no errors", headers: { A: { $ref: "#/components/headers/No" } } },
    };
    const found = await lint(broken);
    for (const rule of ["no-unresolved-refs", "operation-4xx-response", "operation-operationId-unique"])
      expect(found.some((problem) => problem.startsWith(rule))).toBe(true);
  });
});

test("every operation has a name of its own that reads as a method, and a subject", () => {
  const names = shown.map(({ operation }) => operation.operationId);
  expect(new Set(names).size).toBe(names.length);
  for (const { line, operation } of shown) {
    expect(operation.operationId, line).toMatch(/^[a-z]+([A-Z][a-z0-9]*)+$/);
    expect(operation.tags, line).not.toContain("More");
  }
  for (const { name, description } of document.tags) expect(description, name).toMatch(/\.$/);
});

test.each(shown)("$line shows what a success holds, or has none to show", ({ line, operation }) => {
  const statuses = Object.keys(operation.responses);
  const successes = statuses.filter((status) => status.startsWith("2"));
  const isBodiless = ["101", "302"].some((status) => statuses.includes(status)) || line === "PUT /api/storage/{token}";
  const contents = successes.map((status) => Object.values(operation.responses[status]?.content ?? {}));
  if (isBodiless) expect(contents.flat()).toEqual([]);
  else expect(contents.flat().length).toBeGreaterThan(0);
  for (const { schema } of contents.flat()) expect(Object.keys(schema ?? {}).length).toBeGreaterThan(0);
});

test.each(shown)("$line shows every error with its schema, and the headers that come with it", ({ operation }) => {
  const errors = Object.entries(operation.responses).filter(([status]) => /^[45]/.test(status));
  expect(errors.length).toBeGreaterThan(1);
  for (const [status, response] of errors) {
    const answer = answerOf(response);
    expect(answer?.content?.["application/json"]?.schema, status).toBeDefined();
    expect(Object.keys(answer?.headers ?? {})).toEqual(
      expect.arrayContaining(["X-Request-Id", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"]),
    );
    if (["429", "503"].includes(status)) expect(answer?.headers).toHaveProperty("Retry-After");
    if (operation.deprecated) expect(Object.keys(answer?.headers ?? {})).toContain("Deprecation");
  }
});

test("every parameter is described", () => {
  for (const { line, operation } of shown)
    for (const { $ref, name, description } of operation.parameters ?? [])
      if (!$ref) expect(description, `${line} ${name}`).toMatch(/\S/);
});

test("an address of two declarations shows both, and version 3's names show their headers", () => {
  const { post } = document.paths["/api/sessions"] ?? {};
  expect(Object.keys(post?.responses ?? {})).toEqual(expect.arrayContaining(["200", "201", "404", "422"]));
  const legacy = document.paths["/api/agent"]?.post;
  expect(Object.keys(legacy?.responses["200"]?.headers ?? {})).toEqual(
    expect.arrayContaining(["Deprecation", "Sunset", "Link"]),
  );
  expect(JSON.stringify(legacy?.responses["200"]?.content)).toContain("LegacyMetadata");
  expect(document.paths["/v1/models/{model}"]?.get).toBeDefined();
});
