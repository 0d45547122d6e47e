import { z } from "zod";

/** What the auth process is told in its first message; a pipe between the two, so no secret shows in `ps` or /proc. */
export const AuthConfig = z.object({
  databaseUrl: z.string(),
  port: z.int(),
  /** Set on the first start only: a later one would put Lite's narrower `auth.uid()` back under a running app. */
  preparesSchema: z.boolean(),
  siteUrl: z.string(),
  jwtSecret: z.string(),
  anonKey: z.string(),
  serviceKey: z.string(),
  requireEmailVerification: z.boolean(),
  smtp: z
    .object({ host: z.string(), port: z.int(), user: z.string(), pass: z.string(), from: z.string() })
    .partial({ user: true, pass: true })
    .optional(),
});
export type AuthConfig = z.infer<typeof AuthConfig>;

/** What the auth process reports. */
export const AuthReport = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready"), port: z.int() }),
  z.object({ kind: z.literal("failed"), reason: z.string() }),
  z.object({ kind: z.literal("log"), line: z.string() }),
]);
export type AuthReport = z.infer<typeof AuthReport>;
