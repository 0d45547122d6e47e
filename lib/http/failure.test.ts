import { describe, expect, test } from "vitest";
import { z } from "zod";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { AppError } from "#lib/errors";
import type { Dialect } from "#lib/http/dialect";
import { agency } from "#lib/http/dialects/agency";
import { cloud } from "#lib/http/dialects/cloud";
import { openai } from "#lib/http/dialects/openai";
import { orchestra } from "#lib/http/dialects/orchestra";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { paas } from "#lib/http/dialects/paas";
import { plain } from "#lib/http/dialects/plain";
import { shared } from "#lib/http/dialects/shared";
import { endpoint } from "#lib/http/endpoint";
import { call } from "#lib/testing/call";

const dialects: Dialect[] = [paas, cloud, orchestratex, orchestra, agency, shared, openai, plain];
const general = "Something went wrong on our side. Quote the request id when you report it.";

function failing(dialect: Dialect, fail: () => unknown) {
  return endpoint({
    summary: "Test",
    dialect,
    auth: [],
    scopes: [],
    rateLimit: "default",
    response: z.object({ id: z.number() }),
    handler: fail,
  });
}

const failures: Record<string, () => unknown> = {
  "a bug": () => {
    throw new TypeError("Cannot read hunter2 of undefined at /work/main/lib/x.ts");
  },
  "a thrown text": () => {
    throw "hunter2";
  },
  "a statement that is refused": () => system.all(sql`select hunter2 from organizations where name = ${"hunter2"}`),
  "a value that is refused": () => system.all(sql`select ${"hunter2"}::uuid`),
  "a constraint": () => system.run(sql`insert into organizations (id, name) values (null, 'hunter2')`),
  "a database that is gone": () => {
    throw Object.assign(new Error("connect ECONNREFUSED 10.1.2.3:5432 hunter2"), { code: "ECONNREFUSED" });
  },
  "a cause": () => {
    throw new AppError("internal", general, { cause: new Error("hunter2") });
  },
  "an answer that breaks its own schema": () => ({ id: "hunter2" }),
};

describe.each(dialects)("$name", (dialect) => {
  test.each(Object.entries(failures))("%s is 500 and tells nothing of the inside", async (_name, fail) => {
    const { status, body, headers } = await call(failing(dialect, fail));
    expect(status).toBe(500);
    expect(dialect.errorSchema.safeParse(body).success).toBe(true);
    const text = JSON.stringify(body);
    expect(text).not.toMatch(
      /hunter2|select|insert|organizations|\.ts|\/work|node_modules|\bat \/|10\.1\.2\.3|ECONN|TypeError|uuid/,
    );
    expect(headers.get("x-request-id")).toBeTruthy();
    expect(headers.get("x-ratelimit-limit")).toMatch(/^\d+$/);
  });
});

test("README 5.11: paas says what the database refused, the others speak generally", async () => {
  const messageOf = async (dialect: Dialect, name: string) =>
    (await call(failing(dialect, failures[name] ?? (() => 0)))).body.error;
  expect(await messageOf(paas, "a statement that is refused")).toBe("Database query failed: the statement was refused");
  expect(await messageOf(paas, "a database that is gone")).toBe(
    "Database query failed: the database cannot be reached",
  );
  expect(await messageOf(shared, "a constraint")).toBe("Database query failed: the statement was refused");
  expect(await messageOf(paas, "a bug")).toBe(general);
  expect(await messageOf(cloud, "a statement that is refused")).toBe(general);
});

test("a failure that was foreseen keeps its status, words and Retry-After", async () => {
  const limited = () => {
    throw new AppError("rate_limited", "Too many", { retryAfterSeconds: 7 });
  };
  const answer = await call(failing(agency, limited));
  expect(answer).toMatchObject({ status: 429, body: { error: { code: 429, message: "Too many", retry_after: 7 } } });
  expect(answer.headers.get("retry-after")).toBe("7");
});
