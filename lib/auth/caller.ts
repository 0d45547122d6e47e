import { hash } from "node:crypto";
import type { AnswerCookies } from "#lib/auth/answer-cookies";
import { cached } from "#lib/auth/cache";
import { loginOfCookie } from "#lib/auth/cookie-session";
import { noteKeyUse } from "#lib/auth/key-use";
import { type KeyRow, selectKeyByHash, selectUser, type UserRow } from "#lib/auth/queries";
import { type Login, looksLikeToken, verifyToken } from "#lib/auth/token";
import { type Actor, scopesOfRole } from "#lib/context";
import { AppError, forbidden, unauthorized } from "#lib/errors";
import { provisionPerson } from "#lib/organizations/provision";

/** Who a request comes from and for which organization it acts. */
export type Caller = {
  organizationId: string;
  actor: Actor;
  viaCookie: boolean;
  /** Of a key that signs its requests: the secret, sealed. */
  sealedSigningSecret?: Buffer | null;
};

/** SHA-256 of a whole key: the only form in which keys are stored and compared. */
export function hashKey(key: string): Buffer {
  return hash("sha256", key, "buffer");
}

async function callerOfKey(key: string, asked: string | null): Promise<Caller> {
  const digest = hashKey(key);
  const found = await cached<KeyRow>(
    "key",
    digest.toString("base64"),
    () => selectKeyByHash(digest),
    (row) => row.id,
  );
  if (!found || (found.endsAt && Date.parse(found.endsAt) <= Date.now())) throw unauthorized();
  noteKeyUse(found.id);
  // A key belongs to one organization: asked for another one, acting for its own would surprise.
  if (asked !== null && asked !== found.organizationId) throw new AppError("not_found", "Organization not found");
  const actor: Actor = { type: "apiKey", keyId: found.id, userId: found.createdBy, scopes: found.scopes };
  const { organizationId, sealedSigningSecret } = found;
  return { organizationId, actor, viaCookie: false, sealedSigningSecret };
}

/** A person as Baton knows him; somebody who signed up but was cut off before the set-up is set up now. */
export async function personOf(login: Login): Promise<UserRow> {
  const load = () => selectUser(login.userId);
  const known = await cached<UserRow>("user", login.userId, load, (row) => row.userId);
  if (known) return known;
  await provisionPerson(login);
  const made = await load();
  if (!made) throw new Error("The person was set up but cannot be read.");
  return made;
}

/** The organization a person acts for: the one asked for, else the one chosen last, else the oldest. */
export async function callerOfLogin(login: Login, asked: string | null, viaCookie: boolean): Promise<Caller> {
  const person = await personOf(login);
  const wanted = asked ?? person.activeOrganizationId;
  const chosen = person.memberships.find(({ organizationId }) => organizationId === wanted);
  if (asked !== null && !chosen) throw new AppError("not_found", "Organization not found");
  const membership = chosen ?? person.memberships[0];
  if (!membership)
    throw forbidden("You are not a member of any organization. Ask for an invitation.", "NO_ORGANIZATION");
  const { organizationId, role } = membership;
  const actor: Actor = { type: "user", userId: login.userId, email: person.email, role, scopes: scopesOfRole(role) };
  return { organizationId, actor, viaCookie };
}

/** Where keys may come as X-API-Key: the deprecated paths, and the calls of Anthropic's clients. */
const acceptsHeaderKey = (path: string) => /^\/(api\/(v3\/|(agent|status|cancel)\/?$)|v1\/messages(?=$|\/))/.test(path);

/** The person behind a request, whether or not he has an organization; keys are no persons. */
export async function callerWithoutOrganization(request: Request, cookies: AnswerCookies): Promise<Caller | undefined> {
  const bearer = bearerOf(request);
  const login = bearer === undefined ? await loginOfCookie(request, cookies) : await verifyToken(bearer);
  if (!login) return undefined;
  const actor: Actor = { type: "user", userId: login.userId, email: login.email, role: "member", scopes: [] };
  return { organizationId: "", actor, viaCookie: bearer === undefined };
}

function bearerOf(request: Request): string | undefined {
  const header = request.headers.get("authorization");
  if (header === null) return undefined;
  return /^Bearer\s+(\S+)\s*$/i.exec(header)?.[1] ?? "";
}

/**
 * Who is calling (contract README 5.1), or nothing when the request carries no credentials at all. A Bearer header that
 * is present but wrong is refused even when a valid cookie came with it. Renewed session cookies go to `cookies`.
 */
export async function callerOf(request: Request, path: string, cookies: AnswerCookies): Promise<Caller | undefined> {
  const asked = request.headers.get("x-organization-id")?.toLowerCase() ?? null;
  const bearer = bearerOf(request);
  const key = bearer ?? (acceptsHeaderKey(path) ? request.headers.get("x-api-key") : null);
  if (key !== null && key !== undefined) {
    if (!looksLikeToken(key)) return callerOfKey(key, asked);
    const login = await verifyToken(key);
    if (!login) throw unauthorized();
    return callerOfLogin(login, asked, false);
  }
  if (!request.headers.has("cookie")) return undefined;
  const login = await loginOfCookie(request, cookies);
  return login && callerOfLogin(login, asked, true);
}
