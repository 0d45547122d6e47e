import { z } from "zod";
import { parseRange } from "#lib/security/addresses";
import { singleton } from "#lib/singleton";

const flag = z
  .enum(["0", "1", "true", "false"])
  .transform((value) => value === "1" || value === "true")
  .prefault("0");
const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ""));
const positive = z.coerce.number().positive();
/** A factor such as 1.25, as a whole number of thousandths: money knows no binary fractions. */
const markup = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,3})?$/, "must be a decimal number such as 1.25, with at most three decimals")
  .transform((text) => {
    const [whole = "", decimals = ""] = text.split(".");
    return Number(whole + decimals.padEnd(3, "0"));
  })
  .refine((thousandths) => thousandths > 0, "must be above 0");
const secret = z
  .string()
  .min(16, "must have at least 16 characters")
  .refine(
    (value) => !/^(change-?me|example|secret|password|your[-_])/i.test(value),
    "is an example value; make a real one",
  );

/** Every variable Baton reads. `.env.example` explains them; a test holds the two lists together. */
const Environment = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).prefault("production"),
  PORT: z.coerce.number().int().min(0).max(65535).prefault("3000"),
  HOST: z.string().min(1).optional(),
  BATON_URL: url.optional(),
  BATON_ROLE: z.enum(["all", "web", "worker"]).prefault("all"),
  BATON_DATA_DIR: z.string().min(1).prefault(".baton"),
  BATON_EMBEDDED: flag,
  BATON_SECRET_KEY: z
    .base64("must be 32 random bytes in base64 (openssl rand -base64 32)")
    .refine(
      (value) => Buffer.from(value, "base64").length === 32,
      "must be 32 random bytes in base64 (openssl rand -base64 32)",
    ),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// URL" }),
  DATABASE_POOL_MODE: z.enum(["session", "transaction"]).prefault("session"),
  DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(200).prefault("10"),
  DIRECT_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// URL" }).optional(),
  SUPABASE_URL: url,
  SUPABASE_ANON_KEY: z.string().min(20),
  SUPABASE_JWT_SECRET: secret.optional(),
  REQUIRE_EMAIL_VERIFICATION: flag,
  AUTH_BCRYPT_COST: z.coerce.number().int().min(4).max(15).prefault("10"),
  WELCOME_CREDITS: z.coerce.number().int().min(0).max(1_000_000).prefault("25"),
  RATE_LIMIT_MULTIPLIER: positive.prefault("1"),
  ALLOWED_IPS: z
    .string()
    .prefault("")
    .transform((list) =>
      list
        .split(",")
        .map((range) => range.trim())
        .filter(Boolean),
    )
    .refine(
      (ranges) => ranges.every((range) => parseRange(range)),
      "must be addresses or CIDR ranges, with commas between",
    ),
  BATON_DISABLE_IP_ALLOWLIST: flag,
  TRUSTED_PROXY: z.coerce.number().int().min(0).max(10).prefault("0"),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be smtp://user:password@host:port" }).optional(),
  MAIL_FROM: z.string().min(3).prefault("Baton <baton@localhost>"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).prefault("info"),
  STRIPE_SECRET_KEY: secret.optional(),
  STRIPE_WEBHOOK_SECRET: secret.optional(),
  STRIPE_API_BASE: url.optional(),
  S3_BUCKET: z.string().min(1).optional(),
  S3_ENDPOINT: url.optional(),
  S3_REGION: z.string().min(1).prefault("us-east-1"),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  S3_FORCE_PATH_STYLE: flag,
  DEPLOYMENT_CONCURRENCY: z.coerce.number().int().min(1).max(1_000).prefault("3"),
  CRON_SECRET: secret.optional(),
  RUNTIME_URL: url.optional(),
  RUNTIME_SECRET: secret.optional(),
  RUNTIME_TIMEOUT_SECONDS: positive.prefault("60"),
  WEBHOOK_ALLOW_PRIVATE: flag,
  SOCKETS_MAX: z.coerce.number().int().min(1).max(1_000_000).prefault("10000"),
  SOCKETS_PER_ORGANIZATION_MAX: z.coerce.number().int().min(1).max(1_000_000).prefault("2000"),
  BATON_SIMULATOR: z.enum(["auto", "off"]).prefault("auto"),
  MODEL_TIMEOUT_SECONDS: positive.prefault("60"),
  MODEL_RETRIES: z.coerce.number().int().min(0).max(10).prefault("2"),
  PROVIDER_CONCURRENCY: z.coerce.number().int().min(1).max(10_000).prefault("100"),
  PROVIDER_QUEUE_MAX: z.coerce.number().int().min(0).max(100_000).prefault("500"),
  PROVIDER_QUEUE_SECONDS: positive.prefault("10"),
  BATON_METER_MODELS: flag,
  BATON_METER_MARKUP: markup.prefault("1"),
  BATON_UNPRICED_CALL_CREDITS: z.coerce.number().int().min(1).max(1_000_000).optional(),
  OPENAI_API_KEY: z.string().min(1).optional(),
  OPENAI_BASE_URL: url.prefault("https://api.openai.com/v1"),
  ANTHROPIC_API_KEY: z.string().min(1).optional(),
  ANTHROPIC_BASE_URL: url.prefault("https://api.anthropic.com/v1"),
  KIMI_API_KEY: z.string().min(1).optional(),
  KIMI_BASE_URL: url.prefault("https://api.moonshot.ai/v1"),
  MINIMAX_API_KEY: z.string().min(1).optional(),
  MINIMAX_BASE_URL: url.prefault("https://api.minimax.io/v1"),
  OLLAMA_BASE_URL: url.optional(),
  OPENAI_COMPATIBLE_BASE_URL: url.optional(),
  OPENAI_COMPATIBLE_API_KEY: z.string().min(1).optional(),
  OPENAI_COMPATIBLE_MODELS: z
    .string()
    .prefault("")
    .transform((list) =>
      list
        .split(",")
        .map((name) => name.trim())
        .filter(Boolean),
    ),
});

export type Environment = z.infer<typeof Environment>;
export const environmentNames = Object.keys(Environment.shape);

/** What only shows when variables are looked at together. */
const Consistent = Environment.refine(
  ({ WEBHOOK_ALLOW_PRIVATE, BATON_EMBEDDED, NODE_ENV }) =>
    !WEBHOOK_ALLOW_PRIVATE || BATON_EMBEDDED || NODE_ENV !== "production",
  {
    path: ["WEBHOOK_ALLOW_PRIVATE"],
    error: "is for development and tests; on a hosted instance it would open the network behind it to every tenant",
  },
);

/** A variable is missing or wrong. The message names each one and says what is wrong, never its value. */
export class EnvironmentError extends Error {}

/** Parses variables as a whole. Empty ones count as not set. Throws an EnvironmentError that lists every problem. */
export function parseEnvironment(variables: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = Consistent.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return given[name] === undefined ? `${name} is not set` : `${name}: ${issue.message}`;
  });
  throw new EnvironmentError([...new Set(problems)].join("\n"));
}

const cache = singleton("env", () => ({ parsed: undefined as Environment | undefined }));

/** The checked environment of this process. */
export function env(): Environment {
  cache.parsed ??= parseEnvironment(process.env);
  return cache.parsed;
}

/** The variables as they stand, before any check: for the start-up, which fills in what the local platform provides. */
export function rawEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env));
}

/** Removes Baton's variables that are set to nothing. Done once, by the start-up. */
export function forgetEmptyVariables(): void {
  for (const name of environmentNames) if (process.env[name] === "") delete process.env[name];
}

/** Sets variables for this process and what it starts. Done once, by the start-up, before anything reads `env()`. */
export function provideEnvironment(values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) process.env[name] = value;
  cache.parsed = undefined;
}

/** The origin under which people reach this instance, without a trailing slash. */
export function publicUrl(): string {
  return env().BATON_URL ?? `http://localhost:${env().PORT}`;
}
