import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { send } from "#lib/testing/client";
import { addMember, createOrganization } from "#lib/testing/factories";
import { signToken } from "#lib/testing/token";

const newcomer = () => {
  const userId = randomUUID();
  return { userId, email: `${userId}@example.com` };
};
const dayMs = 24 * 3600 * 1_000;

async function invite(apiKey: string, email: string) {
  const { status, body } = await send("POST /api/organizations/members", { apiKey, body: { email } });
  expect(status).toBe(201);
  return body.invitation;
}

const accept = async (person: { userId: string; email: string }, token: string) =>
  send("POST /api/organizations/invitations/accept", { token: await signToken(person), body: { token } });

test("C8 invites for seven days with a token shown once, a usage row and an audit entry", async () => {
  const { organizationId, apiKey } = await createOrganization();
  const { email } = newcomer();
  const body = { email: email.toUpperCase() };
  const { status, body: answer } = await send("POST /api/organizations/members", { apiKey, body });
  expect(status).toBe(201);
  expect(answer.invitation).toMatchObject({
    email,
    role: "member",
    token: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
    mailed: false,
  });
  expect(answer.invitation.url).toContain(answer.invitation.token);
  expect(Math.abs(Date.parse(answer.invitation.expires_at) - Date.now() - 7 * dayMs)).toBeLessThan(60_000);

  const listed = await send("GET /api/organizations/invitations", { apiKey });
  expect(listed.body.invitations).toMatchObject([{ id: answer.invitation.id, email }]);
  expect(listed.text).not.toContain(answer.invitation.token);
  const rows = await system.one<{ text: string; usage: number; audit: number }>(sql`
    select (select i::text from invitations i where id = ${answer.invitation.id}) as text,
      (select count(*) from usage_events where organization_id = ${organizationId} and type = 'member_invited') as usage,
      (select count(*) from audit_entries where organization_id = ${organizationId} and resource_type = 'invitation') as audit`);
  expect(rows.text).not.toContain(answer.invitation.token);
  expect(rows).toMatchObject({ usage: 1, audit: 1 });
});

test("C8 only an owner invites an admin; nobody invites an owner; a member invites nobody", async () => {
  const { organizationId, apiKey, ...owner } = await createOrganization();
  const admin = await addMember(organizationId, "admin");
  const member = await addMember(organizationId, "member");
  const ask = async (person: typeof admin | typeof owner, role: string) =>
    send("POST /api/organizations/members", {
      token: await signToken(person),
      body: { email: newcomer().email, role },
    });
  expect(await ask(owner, "admin")).toMatchObject({ status: 201, body: { invitation: { role: "admin" } } });
  expect(await ask(admin, "member")).toMatchObject({ status: 201 });
  expect(await ask(admin, "admin")).toMatchObject({ status: 403, body: { code: "FORBIDDEN" } });
  expect(await ask(member, "member")).toMatchObject({ status: 403, body: { code: "INSUFFICIENT_SCOPE" } });
  const details = { role: "Role must be member or admin" };
  expect(await ask(owner, "owner")).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR", details } });
  const asAdmin = { email: newcomer().email, role: "admin" };
  expect(await send("POST /api/organizations/members", { apiKey, body: asAdmin })).toMatchObject({ status: 403 });
  expect(await send("POST /api/organizations/members", { apiKey, body: { email: "nobody" } })).toMatchObject({
    status: 400,
  });
});

test("C8 a member's address is ALREADY_MEMBER; a second invitation replaces the first, also at the same moment", async () => {
  const { organizationId, apiKey, email } = await createOrganization();
  const taken = await send("POST /api/organizations/members", { apiKey, body: { email: email.toUpperCase() } });
  expect(taken).toMatchObject({ status: 409, body: { code: "ALREADY_MEMBER" } });

  const person = newcomer();
  const first = await invite(apiKey, person.email);
  const second = await invite(apiKey, person.email);
  expect(await accept(person, first.token)).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" } });
  expect(await accept(person, second.token)).toMatchObject({ status: 200 });
  expect(await send("POST /api/organizations/members", { apiKey, body: { email: person.email } })).toMatchObject({
    status: 409,
  });

  const crowded = newcomer().email;
  const answers = await Promise.all(Array.from({ length: 5 }, () => invite(apiKey, crowded)));
  const open = await system.all<{ id: string }>(sql`
    select id from invitations where organization_id = ${organizationId} and email = ${crowded}`);
  expect(open).toHaveLength(1);
  expect(answers.map(({ id }) => id)).toContain(open[0]?.id);
});

test("+C1 the invited person joins with the role, acts for the organization, and gets none of his own", async () => {
  const { organizationId, apiKey } = await createOrganization({ name: "Hosts" });
  const person = newcomer();
  const { token } = await invite(apiKey, person.email);
  const accepted = await accept(person, token);
  expect(accepted).toMatchObject({
    status: 200,
    body: { organization: { id: organizationId, name: "Hosts" }, role: "member" },
  });
  const login = await signToken(person);
  const { body } = await send("GET /api/organizations", { token: login });
  expect(body.organizations).toEqual([{ id: organizationId, name: "Hosts", role: "member", current: true }]);
  expect((await send("GET /api/organizations/members", { apiKey })).body.members).toHaveLength(2);
  const events = await system.all(sql`
    select type, data from events where organization_id = ${organizationId} and type = 'member.joined'`);
  expect(events).toEqual([{ type: "member.joined", data: { user_id: person.userId, role: "member" } }]);
});

test("+C1 a person with an organization acts for the new one afterwards", async () => {
  const own = await createOrganization({ name: "Own" });
  const host = await createOrganization({ name: "Host" });
  const before = await send("GET /api/organizations/current", { token: await signToken(own) });
  expect(before.body.organization.name).toBe("Own");
  await accept(own, (await invite(host.apiKey, own.email)).token);
  const after = await send("GET /api/organizations/current", { token: await signToken(own) });
  expect(after.body).toMatchObject({ organization: { name: "Host" }, role: "member" });
});

test("+C1 a used, expired, unknown or foreign invitation opens nothing; keys accept none", async () => {
  const { apiKey } = await createOrganization();
  const person = newcomer();
  const used = await invite(apiKey, person.email);
  const race = await Promise.all([accept(person, used.token), accept(person, used.token)]);
  expect(race.map(({ status }) => status).sort()).toEqual([200, 400]);
  expect(await accept(person, used.token)).toMatchObject({
    status: 400,
    body: { details: { token: expect.any(String) } },
  });

  const late = newcomer();
  const expired = await invite(apiKey, late.email);
  await system.run(sql`update invitations set expires_at = now() - interval '1 second' where id = ${expired.id}`);
  expect(await accept(late, expired.token)).toMatchObject({ status: 400 });
  expect(await accept(late, "unknown")).toMatchObject({ status: 400 });
  expect(await accept(late, "")).toMatchObject({ status: 400, body: { details: { token: "Required field missing" } } });

  const wanted = await invite(apiKey, newcomer().email);
  expect(await accept(newcomer(), wanted.token)).toMatchObject({ status: 403, body: { code: "FORBIDDEN" } });
  const body = { token: wanted.token };
  expect(await send("POST /api/organizations/invitations/accept", { apiKey, body })).toMatchObject({ status: 401 });
  expect(await send("POST /api/organizations/invitations/accept", { body })).toMatchObject({ status: 401 });
});

test("+C2 lists open invitations newest first and withdraws them; others' are 404", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const stranger = await createOrganization();
  const person = newcomer();
  const first = await invite(apiKey, newcomer().email);
  const second = await invite(apiKey, person.email);
  const list = await send("GET /api/organizations/invitations", { apiKey });
  expect(list.body.invitations.map(({ id }: { id: string }) => id)).toEqual([second.id, first.id]);
  const withdraw = (key: string, id: string) => send(`DELETE /api/organizations/invitations/${id}`, { apiKey: key });
  const unknown = { status: 404, body: { error: "Invitation not found", code: "NOT_FOUND" } };
  expect(await withdraw(stranger.apiKey, second.id)).toMatchObject(unknown);
  expect(await withdraw(apiKey, "no-uuid")).toMatchObject(unknown);
  expect(await withdraw(apiKey, second.id)).toMatchObject({
    status: 200,
    body: { message: "Invitation withdrawn successfully" },
  });
  expect(await withdraw(apiKey, second.id)).toMatchObject(unknown);
  expect(await accept(person, second.token)).toMatchObject({ status: 400 });
  const member = await signToken(await addMember(organizationId, "member"));
  expect(await send("GET /api/organizations/invitations", { token: member })).toMatchObject({ status: 403 });
});
