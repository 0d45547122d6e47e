import { SignJWT } from "jose";
import { env } from "#lib/env";

/** A login token as the auth service signs it, for a person made by the factories. */
export function signToken(
  person: { userId: string; email: string },
  options: { secret?: string; expires?: string } = {},
): Promise<string> {
  const secret = new TextEncoder().encode(options.secret ?? env().SUPABASE_JWT_SECRET);
  return new SignJWT({ email: person.email, role: "authenticated" })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(person.userId)
    .setAudience("authenticated")
    .setIssuedAt()
    .setExpirationTime(options.expires ?? "1h")
    .sign(secret);
}
