import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { createKey } from "#lib/keys/service";
import { send } from "#lib/testing/client";
import { addMember, createOrganization } from "#lib/testing/factories";
import { signToken } from "#lib/testing/token";

const lastOwner = { status: 409, body: { code: "LAST_OWNER" } };

test("C7 lists the members, oldest first, to every member and to no other organization", async () => {
  const { organizationId, apiKey, email, userId } = await createOrganization();
  const admin = await addMember(organizationId, "admin");
  const member = await addMember(organizationId, "member");
  const { status, body } = await send("GET /api/organizations/members", { token: await signToken(member) });
  expect(status).toBe(200);
  const times = { id: expect.stringMatching(/^[0-9a-f-]{36}$/), joined_at: expect.stringMatching(/Z$/) };
  expect(body.members).toEqual([
    { user_id: userId, email, role: "owner", ...times },
    { user_id: admin.userId, email: admin.email, role: "admin", ...times },
    { user_id: member.userId, email: member.email, role: "member", ...times },
  ]);
  expect((await send("GET /api/organizations/members", { apiKey })).body).toEqual(body);
  const other = await createOrganization();
  expect((await send("GET /api/organizations/members", { apiKey: other.apiKey })).body.members).toHaveLength(1);
});

test("C9 an admin removes a member: his login and his keys end at once, and it is audited", async () => {
  const { organizationId } = await createOrganization();
  const admin = await addMember(organizationId, "admin");
  const leaver = await addMember(organizationId, "member");
  const { apiKey } = await createKey(leaver.ctx, { name: "His key", scopes: ["agents:read"] });
  const token = await signToken(leaver);
  const asKey = () => send("GET /api/organizations/current", { apiKey: apiKey.key });
  expect(await asKey()).toMatchObject({ status: 200 });
  expect(await send("GET /api/organizations/current", { token })).toMatchObject({ status: 200 });

  const path = `/api/organizations/members/${leaver.userId}`;
  const removed = await send(`DELETE ${path}`, { token: await signToken(admin) });
  expect(removed).toMatchObject({ status: 200, body: { message: "Member removed successfully" } });
  expect(await asKey()).toMatchObject({ status: 401 });
  expect(await send("GET /api/organizations/current", { token })).toMatchObject({
    status: 403,
    body: { code: "NO_ORGANIZATION" },
  });
  expect(await send(`DELETE ${path}`, { token: await signToken(admin) })).toMatchObject({ status: 404 });
  const trail = await system.all(sql`
    select event, severity, user_id from audit_entries
    where organization_id = ${organizationId} and resource_type = 'member' and resource_id = ${leaver.userId}`);
  expect(trail).toEqual([{ event: "config.change", severity: "warning", userId: admin.userId }]);
});

test("C9 members leave but remove nobody; admins remove no owner, owners do; a key acts as an admin", async () => {
  const { organizationId, apiKey } = await createOrganization();
  const owner = await addMember(organizationId, "owner");
  const admin = await addMember(organizationId, "admin");
  const member = await addMember(organizationId, "member");
  const remove = async (by: typeof owner, whom: typeof owner) =>
    send(`DELETE /api/organizations/members/${whom.userId}`, { token: await signToken(by) });
  expect(await remove(member, admin)).toMatchObject({ status: 403, body: { code: "FORBIDDEN" } });
  expect(await remove(admin, owner)).toMatchObject({ status: 403, body: { code: "FORBIDDEN" } });
  expect(await send(`DELETE /api/organizations/members/${owner.userId}`, { apiKey })).toMatchObject({ status: 403 });
  expect(await remove(owner, admin)).toMatchObject({ status: 200 });
  expect(await remove(member, member)).toMatchObject({ status: 200 });
  const second = await addMember(organizationId, "owner");
  expect(await remove(second, owner)).toMatchObject({ status: 200 });
});

test("C9 unknown, foreign and malformed people are 404 alike", async () => {
  const { apiKey } = await createOrganization();
  const foreign = await createOrganization();
  for (const id of [foreign.userId, randomUUID(), "no-uuid"]) {
    expect(await send(`DELETE /api/organizations/members/${id}`, { apiKey })).toMatchObject({
      status: 404,
      body: { error: "Member not found", code: "NOT_FOUND" },
    });
  }
  expect((await send("GET /api/organizations/members", { apiKey: foreign.apiKey })).body.members).toHaveLength(1);
});

test("C9 the only owner stays, whoever asks", async () => {
  const { userId, email, apiKey } = await createOrganization();
  const token = await signToken({ userId, email });
  expect(await send(`DELETE /api/organizations/members/${userId}`, { token })).toMatchObject(lastOwner);
  expect((await send("GET /api/organizations/members", { apiKey })).body.members).toHaveLength(1);
});

test("C9 of two owners who leave or remove each other at once exactly one succeeds", async () => {
  for (const isLeaving of [true, false]) {
    const { organizationId, ...first } = await createOrganization();
    const second = await addMember(organizationId, "owner");
    const tokens = [await signToken(first), await signToken(second)];
    const ids = isLeaving ? [first.userId, second.userId] : [second.userId, first.userId];
    const answers = await Promise.all(
      ids.map((id, index) => send(`DELETE /api/organizations/members/${id}`, { token: tokens[index] ?? "" })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses[0]).toBe(200);
    // The loser is refused as the last owner, or was removed before his own request was looked at.
    expect([403, 404, 409]).toContain(statuses[1]);
    const { owners } = await system.one<{ owners: number }>(sql`
      select count(*) as owners from members where organization_id = ${organizationId} and role = 'owner'`);
    expect(owners).toBe(1);
  }
});
