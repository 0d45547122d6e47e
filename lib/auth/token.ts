import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import { env } from "#lib/env";
import { unavailable } from "#lib/errors";
import { singleton } from "#lib/singleton";

const Claims = z.object({ sub: z.uuid(), email: z.string(), exp: z.number(), role: z.literal("authenticated") });

export type Login = {
  userId: string;
  email: string;
  expiresAt: number;
  /** What the person typed at sign-up, for setting up the organization. */
  organizationName?: string;
};

const known = singleton("auth.tokens", () => new LRUCache<string, Login>({ max: 5_000 }));
const remote = singleton("auth.jwks", () => ({ keys: undefined as ReturnType<typeof createRemoteJWKSet> | undefined }));

/** The project's published keys could not be had: our trouble, no verdict on the caller's token. */
const keyTroubles = new Set(["ERR_JWKS_TIMEOUT", "ERR_JWKS_INVALID", "ERR_JOSE_GENERIC"]);

async function verify(token: string): Promise<JWTPayload> {
  const { SUPABASE_JWT_SECRET, SUPABASE_URL } = env();
  if (SUPABASE_JWT_SECRET) {
    const secret = new TextEncoder().encode(SUPABASE_JWT_SECRET);
    return (await jwtVerify(token, secret, { algorithms: ["HS256"], audience: "authenticated" })).payload;
  }
  remote.keys ??= createRemoteJWKSet(new URL(`${SUPABASE_URL}/auth/v1/.well-known/jwks.json`));
  return (await jwtVerify(token, remote.keys, { algorithms: ["RS256", "ES256", "EdDSA"], audience: "authenticated" }))
    .payload;
}

/** Whether a credential has the shape of a login token rather than of an API key. */
export function looksLikeToken(credential: string): boolean {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(credential);
}

/** Who a login token belongs to, checked here without asking the auth service. Nothing when forged, foreign or expired. */
export async function verifyToken(token: string, now = Date.now()): Promise<Login | undefined> {
  const seen = known.get(token);
  if (seen) return seen.expiresAt > now ? seen : undefined;
  let payload: JWTPayload;
  try {
    payload = await verify(token);
  } catch (error) {
    if (error instanceof errors.JOSEError && !keyTroubles.has(error.code)) return undefined;
    throw unavailable("The sign-in service does not answer. Try again in a moment.", { cause: error });
  }
  const claims = Claims.safeParse(payload);
  if (!claims.success) return undefined;
  const metadata = z.object({ organization_name: z.string() }).safeParse(payload.user_metadata);
  const login: Login = { userId: claims.data.sub, email: claims.data.email, expiresAt: claims.data.exp * 1_000 };
  if (metadata.success) login.organizationName = metadata.data.organization_name;
  known.set(token, login);
  return login;
}
