import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { EnvironmentError, environmentNames, parseEnvironment } from "#lib/env";

const complete = {
  BATON_SECRET_KEY: Buffer.alloc(32, 7).toString("base64"),
  DATABASE_URL: "postgres://baton:hunter2@localhost:5432/baton",
  SUPABASE_URL: "http://localhost:54321/",
  SUPABASE_ANON_KEY: "an-anon-key-of-sufficient-length",
};

function problemOf(values: Record<string, string | undefined>): string {
  try {
    parseEnvironment({ ...complete, ...values });
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
  return "";
}

test("four variables are enough; the others have the documented defaults", () => {
  expect(parseEnvironment(complete)).toMatchObject({
    NODE_ENV: "production",
    PORT: 3000,
    SUPABASE_URL: "http://localhost:54321",
    REQUIRE_EMAIL_VERIFICATION: false,
    AUTH_BCRYPT_COST: 10,
    WELCOME_CREDITS: 25,
    RATE_LIMIT_MULTIPLIER: 1,
    TRUSTED_PROXY: 0,
    DATABASE_POOL_MODE: "session",
    OPENAI_COMPATIBLE_MODELS: [],
  });
});

/** Name, a value that must be refused, and what the message must say. */
const refused: [string, string, RegExp][] = [
  ["NODE_ENV", "prod-hunter2", /"development"|"production"|"test"/],
  ["PORT", "hunter2", /number/],
  ["PORT", "65536", /65535/],
  ["PORT", "3000.5", /int/],
  ["BATON_URL", "hunter2.example.com", /URL/],
  ["BATON_URL", "ftp://hunter2.example.com", /URL/],
  ["BATON_ROLE", "hunter2", /"all"|"web"|"worker"/],
  ["BATON_EMBEDDED", "hunter2", /"0"|"1"/],
  ["BATON_SECRET_KEY", "hunter2-not-base64!", /32 random bytes in base64/],
  ["BATON_SECRET_KEY", Buffer.from("hunter2").toString("base64"), /32 random bytes in base64/],
  ["DATABASE_URL", "mysql://root:hunter2@localhost/baton", /postgres:\/\/ URL/],
  ["DATABASE_URL", "hunter2", /postgres:\/\/ URL/],
  ["DATABASE_POOL_MODE", "hunter2", /"session"|"transaction"/],
  ["DATABASE_POOL_MAX", "0", />=1/],
  ["DATABASE_POOL_MAX", "1000", /<=200/],
  ["DIRECT_URL", "http://hunter2", /postgres:\/\/ URL/],
  ["SUPABASE_URL", "hunter2", /URL/],
  ["SUPABASE_ANON_KEY", "hunter2", />=20/],
  ["SUPABASE_JWT_SECRET", "hunter2", /at least 16 characters/],
  ["SUPABASE_JWT_SECRET", "change-me-hunter2-hunter2", /example value/],
  ["SUPABASE_JWT_SECRET", "CHANGEME-hunter2-hunter2", /example value/],
  ["SUPABASE_JWT_SECRET", "your-secret-hunter2-hunter2", /example value/],
  ["SUPABASE_JWT_SECRET", "example-hunter2-hunter2", /example value/],
  ["SUPABASE_JWT_SECRET", "password-hunter2-hunter2", /example value/],
  ["REQUIRE_EMAIL_VERIFICATION", "yes", /"0"|"1"/],
  ["AUTH_BCRYPT_COST", "3", />=4/],
  ["AUTH_BCRYPT_COST", "16", /<=15/],
  ["AUTH_BCRYPT_COST", "hunter2", /number/],
  ["WELCOME_CREDITS", "-1", />=0/],
  ["WELCOME_CREDITS", "hunter2", /number/],
  ["RATE_LIMIT_MULTIPLIER", "0", />0/],
  ["RATE_LIMIT_MULTIPLIER", "hunter2", /number/],
  ["TRUSTED_PROXY", "11", /<=10/],
  ["TRUSTED_PROXY", "true", /number/],
  ["SMTP_URL", "https://me:hunter2@mail.example.com", /smtp:\/\/user:password@host:port/],
  ["MAIL_FROM", "x", />=3/],
  ["LOG_LEVEL", "hunter2", /"debug"/],
  ["STRIPE_SECRET_KEY", "hunter2", /at least 16 characters/],
  ["STRIPE_WEBHOOK_SECRET", "hunter2", /at least 16 characters/],
  ["STRIPE_WEBHOOK_SECRET", "your_webhook_secret_hunter2", /example value/],
  ["STRIPE_API_BASE", "hunter2", /URL/],
  ["BATON_SIMULATOR", "hunter2", /"auto"|"off"/],
  ["MODEL_TIMEOUT_SECONDS", "-5", />0/],
  ["BATON_METER_MODELS", "yes", /"0"|"1"/],
  ["BATON_METER_MARKUP", "1.2345", /three decimals/],
  ["BATON_METER_MARKUP", "1e3", /decimal number/],
  ["BATON_METER_MARKUP", "-1", /decimal number/],
  ["BATON_METER_MARKUP", "0.000", /above 0/],
  ["BATON_UNPRICED_CALL_CREDITS", "0", />=1/],
  ["BATON_UNPRICED_CALL_CREDITS", "1.5", /int/],
  ["OPENAI_BASE_URL", "hunter2", /URL/],
  ["OLLAMA_BASE_URL", "localhost:11434", /URL/],
];

test.each(refused)("%s=%s is refused with its name and what is wrong, without its value", (name, value, words) => {
  const problem = problemOf({ [name]: value });
  expect(problem).toMatch(new RegExp(`^${name}: `));
  expect(problem).toMatch(words);
  if (value.includes("hunter2")) expect(problem).not.toContain("hunter2");
  if (value.length > 5) expect(problem).not.toContain(value);
});

test.each([
  ["1", 1_000],
  ["1.1", 1_100],
  ["0.025", 25],
  ["12.50", 12_500],
])("a markup of %s is %s thousandths, exactly", (text, thousandths) => {
  expect(parseEnvironment({ ...complete, BATON_METER_MARKUP: text }).BATON_METER_MARKUP).toBe(thousandths);
});

test("a problem is told once, in one line", () => {
  expect(problemOf({ BATON_SECRET_KEY: "not base64" }).split("\n")).toHaveLength(1);
});

test("missing and empty variables are the same: unset", () => {
  for (const value of [undefined, ""]) {
    for (const name of Object.keys(complete)) expect(problemOf({ [name]: value })).toBe(`${name} is not set`);
    expect(parseEnvironment({ ...complete, PORT: value, BATON_URL: value, SMTP_URL: value })).toMatchObject({
      PORT: 3000,
    });
  }
  const everything = problemOf(Object.fromEntries(Object.keys(complete).map((name) => [name, ""])));
  expect(everything.split("\n").sort()).toEqual(
    Object.keys(complete)
      .map((name) => `${name} is not set`)
      .sort(),
  );
});

test("all problems are told at once", () => {
  const problem = problemOf({ PORT: "x", LOG_LEVEL: "loud", DATABASE_URL: "" });
  for (const name of ["PORT: ", "LOG_LEVEL: ", "DATABASE_URL is not set"]) expect(problem).toContain(name);
});

test(".env.example names exactly the variables that Baton reads, each below a comment", () => {
  const lines = readFileSync(join(import.meta.dirname, "../.env.example"), "utf8").split("\n");
  const named = lines.flatMap((line, index) => {
    const name = /^#? ?([A-Z][A-Z0-9_]+)=/.exec(line)?.[1];
    return name ? [{ name, above: lines[index - 1] ?? "" }] : [];
  });
  expect(named.map(({ name }) => name).sort()).toEqual([...environmentNames].sort());
  for (const { name, above } of named) expect(above, name).toMatch(/^# .{10,}/);
});

test("README 5.9 a hosted instance refuses to send web hooks to private addresses; development, tests and the embedded one may", () => {
  expect(problemOf({ WEBHOOK_ALLOW_PRIVATE: "1" })).toMatch(/^WEBHOOK_ALLOW_PRIVATE: is for development and tests/);
  expect(problemOf({ WEBHOOK_ALLOW_PRIVATE: "1", BATON_EMBEDDED: "1" })).toBe("");
  expect(problemOf({ WEBHOOK_ALLOW_PRIVATE: "1", NODE_ENV: "development" })).toBe("");
  expect(parseEnvironment(complete).WEBHOOK_ALLOW_PRIVATE).toBe(false);
});
