import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

const password = "correct horse 9";

const loginsOf = async (organizationId: string, userId: string) =>
  system.all(sql`
    select type from events
    where organization_id = ${organizationId} and type = 'auth.login' and data ->> 'user_id' = ${userId}`);

test("C1 a login is an event of an organization the person belongs to, not of one he was removed from", async () => {
  const email = `${randomUUID()}@example.com`;
  const { body: signedUp } = await send("POST /api/auth/signup", { body: { email, password } });
  const userId = signedUp.user.id;
  const logIn = async () =>
    (await send("POST /api/auth/login", { body: { email, password } })).body.session.access_token;
  const own = (await send("GET /api/organizations/current", { token: await logIn() })).body.organization.id;
  expect(await loginsOf(own, userId)).toHaveLength(1);

  const host = await createOrganization();
  const { body } = await send("POST /api/organizations/members", { apiKey: host.apiKey, body: { email } });
  const token = await logIn();
  await send("POST /api/organizations/invitations/accept", { token, body: { token: body.invitation.token } });
  await logIn();
  expect(await loginsOf(host.organizationId, userId)).toHaveLength(1);
  await send(`DELETE /api/organizations/members/${userId}`, { apiKey: host.apiKey });
  await logIn();
  expect(await loginsOf(host.organizationId, userId)).toHaveLength(1);
  expect(await loginsOf(own, userId)).toHaveLength(3);
});

test("C2 of sign-ups with one address at the same moment one succeeds and the others are EMAIL_TAKEN", async () => {
  const email = `${randomUUID()}@example.com`;
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => send("POST /api/auth/signup", { body: { email, password } })),
  );
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([201, 409, 409, 409, 409]);
  const { body } = await send("POST /api/auth/login", { body: { email, password } });
  const own = await send("GET /api/organizations", { token: body.session.access_token });
  expect(own.body.organizations).toHaveLength(1);
});
