import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scopes as allScopes, type Scope } from "#lib/context";
import type { Dialect } from "#lib/http/dialect";
import { dialectOfPath } from "#lib/http/families";
import { buildDocument } from "#lib/http/openapi";
import { placeOf } from "#lib/http/openapi-names";
import { createKey } from "#lib/keys/service";
import { type Sent, send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { declaredOperations } from "#server/declared-operations";
import { isApiPath } from "#server/dispatch";
import { loadRoutes, methods, type Route } from "#server/routes";

const root = join(import.meta.dirname, "../..");
// What the pages bring along, such as the guides as text, is Next's alone.
const routes = (await loadRoutes(root)).filter(({ template }) => isApiPath(template));
const isEnd = ({ template, handlers }: Route) =>
  template.includes("{...") && !Object.values(handlers).some((handler) => handler.spec);
const served = routes.filter((route) => !isEnd(route));
const pathOf = (template: string) => template.replace(/\{\.\.\..+?\}/, "x").replace(/\{.+?\}/g, randomUUID());
const document = buildDocument(await declaredOperations(root), "0.0.0") as {
  paths: Record<string, Record<string, { responses: Record<string, Shown & { $ref?: string }> }>>;
  components: { responses: Record<string, Shown> };
};
const endpoints = served.flatMap(({ template, handlers }) =>
  methods.flatMap((method) => {
    const spec = handlers[method]?.spec;
    return spec ? [{ line: `${method} ${template}`, method, template, spec }] : [];
  }),
);

type Shown = { headers?: object; content?: Record<string, object> };

function expectCommon(answer: Sent, template: string): void {
  for (const name of ["limit", "remaining", "reset"])
    expect(answer.headers.get(`x-ratelimit-${name}`), name).toMatch(/^\d+$/);
  const isChat = ["orchestra", "plain"].includes(dialectOfPath(template).name);
  expect(answer.headers.get("x-request-id")).toMatch(isChat ? /^[0-9a-f]{8}-[0-9a-f-]{27}$/ : /^req_[A-Za-z0-9]{9,}$/);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
}

/** What the OpenAPI document shows of an answer. */
function shownOf(method: string, template: string, status: number): Shown | undefined {
  const answer = document.paths[placeOf(template).path]?.[method.toLowerCase()]?.responses[status];
  return answer?.$ref ? document.components.responses[answer.$ref.split("/").at(-1) ?? ""] : answer;
}

/** The answer has the headers that the document shows for it; one that may be missing is not shown as required. */
function expectShown(answer: Sent, method: string, template: string): void {
  const shown = shownOf(method, template, answer.status);
  expect(shown?.content?.["application/json"], `${answer.status} is shown`).toBeDefined();
  for (const name of Object.keys(shown?.headers ?? {})) expect(answer.headers.has(name), name).toBe(true);
}

function expectRefusal(answer: Sent, status: number, dialect: Dialect, template: string): void {
  expect(answer.status).toBe(status);
  expect(dialect.errorSchema.safeParse(answer.body).success, answer.text).toBe(true);
  expectCommon(answer, template);
}

test("there are endpoints, and every route file exports all methods, so that both hosts answer alike", () => {
  expect(endpoints.length).toBeGreaterThan(20);
  for (const { file, handlers } of routes) expect(Object.keys(handlers).sort(), file).toEqual([...methods].sort());
});

test.each(endpoints)("$line speaks the dialect of its path", ({ template, spec }) => {
  const family = dialectOfPath(template).name;
  const allowed: string[] = family === "orchestra" ? ["orchestra", "plain"] : [family];
  if (family !== "shared") expect(allowed).toContain(spec.dialect.name);
});

const closed = endpoints.filter(({ spec }) => spec.auth.length > 0);
test.each(closed)("$line is 401 without credentials and with wrong ones", async ({ method, template, spec }) => {
  const wrong = [
    {},
    { apiKey: "sk_live_00000000000000000000000000000000" },
    { token: "eyJh.eyJz.c2ln" },
    { cookie: "sb-x-auth-token=1" },
  ];
  for (const credentials of wrong) {
    const answer = await send(`${method} ${pathOf(template)}`, credentials);
    expectRefusal(answer, 401, spec.dialect, template);
    expectShown(answer, method, template);
  }
});

const scoped = closed.filter(({ spec }) => spec.scopes.length > 0);
test.each(scoped)("$line is 403 for a key that lacks its scope", async ({ method, template, spec }) => {
  const { ctx } = await createOrganization();
  for (const scope of spec.scopes) {
    const others = allScopes.filter((one): one is Scope => one !== scope);
    const { apiKey } = await createKey(ctx, { name: `Without ${scope}`, scopes: others });
    const answer = await send(`${method} ${pathOf(template)}`, { apiKey: apiKey.key });
    expectRefusal(answer, 403, spec.dialect, template);
    expectShown(answer, method, template);
  }
});

const reading = closed.filter(({ spec }) => spec.body && !spec.auth.includes("login"));
test.each(reading)("$line is 400 for a body that is no JSON", async ({ method, template, spec }) => {
  const { apiKey } = await createOrganization();
  const answer = await send(`${method} ${pathOf(template)}`, { apiKey, body: "{" });
  expectRefusal(answer, 400, spec.dialect, template);
  expectShown(answer, method, template);
});

test.each(served)(
  "$template is 405 with Allow for every other method; OPTIONS is 204",
  async ({ template, handlers }) => {
    const declared = methods.filter((method) => handlers[method]?.spec);
    const allow = [...declared, ...(declared.includes("GET") ? ["HEAD"] : []), "OPTIONS"].sort();
    for (const method of methods) {
      if (method === "OPTIONS" || declared.includes(method)) continue;
      const answer = await send(`${method} ${pathOf(template)}`);
      expectRefusal(answer, 405, dialectOfPath(template), template);
      expect(answer.headers.get("allow")?.split(", ").sort()).toEqual(allow);
    }
    const options = await send(`OPTIONS ${pathOf(template)}`);
    expect(options.status).toBe(204);
    expectCommon(options, template);
  },
);
