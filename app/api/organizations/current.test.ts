import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { send } from "#lib/testing/client";
import { addMember, createOrganization } from "#lib/testing/factories";
import { signToken } from "#lib/testing/token";

test("C5 answers the organization of a key and of a person with the role each has", async () => {
  const { organizationId, apiKey, email, userId } = await createOrganization({ name: "Acme" });
  const organization = {
    id: organizationId,
    name: "Acme",
    credits: 25,
    created_at: expect.stringMatching(/^\d{4}-.+Z$/),
  };
  const byKey = await send("GET /api/organizations/current", { apiKey });
  expect(byKey).toMatchObject({ status: 200, body: { organization, role: "owner" } });
  for (const role of ["admin", "member"] as const) {
    const token = await signToken(await addMember(organizationId, role));
    expect((await send("GET /api/organizations/current", { token })).body).toMatchObject({ organization, role });
  }
  const token = await signToken({ userId, email });
  expect((await send("GET /api/organizations/current", { token })).body).toEqual(byKey.body);
});

test("C6 owner and admin rename, with an audit entry; a member is refused and a blank or long name too", async () => {
  const { organizationId, apiKey } = await createOrganization();
  const renamed = await send("PATCH /api/organizations/current", { apiKey, body: { name: "  New name  " } });
  expect(renamed).toMatchObject({
    status: 200,
    body: { organization: { id: organizationId, name: "New name", credits: 25 } },
  });
  expect(Date.parse(renamed.body.organization.updated_at)).toBeGreaterThanOrEqual(
    Date.parse(renamed.body.organization.created_at),
  );
  const admin = await signToken(await addMember(organizationId, "admin"));
  expect(await send("PATCH /api/organizations/current", { token: admin, body: { name: "By admin" } })).toMatchObject({
    status: 200,
  });
  const audit = await system.all(sql`
    select event, resource_type, details from audit_entries
    where organization_id = ${organizationId} and resource_type = 'organization' order by id`);
  expect(audit).toEqual([
    { event: "config.change", resourceType: "organization", details: { name: "New name" } },
    { event: "config.change", resourceType: "organization", details: { name: "By admin" } },
  ]);

  const member = await signToken(await addMember(organizationId, "member"));
  expect(await send("PATCH /api/organizations/current", { token: member, body: { name: "By member" } })).toMatchObject({
    status: 403,
    body: { code: "INSUFFICIENT_SCOPE" },
  });
  for (const name of ["   ", "x".repeat(101), 7, null]) {
    const refused = await send("PATCH /api/organizations/current", { apiKey, body: { name } });
    expect(refused).toMatchObject({
      status: 400,
      body: { code: "VALIDATION_ERROR", details: { name: expect.any(String) } },
    });
  }
  expect((await send("GET /api/organizations/current", { apiKey })).body.organization.name).toBe("By admin");
});

test("C6 a name of 100 characters of any script is kept", async () => {
  const { apiKey } = await createOrganization();
  const name = "组".repeat(100);
  expect((await send("PATCH /api/organizations/current", { apiKey, body: { name } })).body.organization.name).toBe(
    name,
  );
});

test("+C5 lists one's organizations, switches between them, and X-Organization-Id selects one for a call", async () => {
  const first = await createOrganization({ name: "First" });
  const second = await createOrganization({ name: "Second" });
  await system.run(sql`
    insert into members (id, organization_id, user_id, role)
    values (${randomUUID()}, ${second.organizationId}, ${first.userId}, 'member')`);
  const token = await signToken(first);
  const own = await send("GET /api/organizations", { token });
  expect(own.body.organizations).toEqual([
    { id: first.organizationId, name: "First", role: "owner", current: true },
    { id: second.organizationId, name: "Second", role: "member", current: false },
  ]);

  const selected = { "x-organization-id": second.organizationId.toUpperCase() };
  const once = await send("GET /api/organizations/current", { token, headers: selected });
  expect(once.body).toMatchObject({ organization: { name: "Second" }, role: "member" });
  expect((await send("GET /api/organizations/current", { token })).body.organization.name).toBe("First");

  const switched = await send("PATCH /api/organizations", { token, body: { organization_id: second.organizationId } });
  expect(switched.body.organizations.map(({ current }: { current: boolean }) => current)).toEqual([false, true]);
  expect((await send("GET /api/organizations/current", { token })).body.organization.name).toBe("Second");
});

test("+C5 a foreign, unknown or malformed organization is 404 for a person and for a key", async () => {
  const own = await createOrganization();
  const foreign = await createOrganization();
  const token = await signToken(own);
  for (const id of [foreign.organizationId, randomUUID(), "no-uuid", ""]) {
    for (const credentials of [{ token }, { apiKey: own.apiKey }]) {
      const refused = await send("GET /api/organizations/current", {
        ...credentials,
        headers: { "x-organization-id": id },
      });
      expect(refused).toMatchObject({ status: 404, body: { error: "Organization not found", code: "NOT_FOUND" } });
    }
  }
  const withOwn = { apiKey: own.apiKey, headers: { "x-organization-id": own.organizationId } };
  expect(await send("GET /api/organizations/current", withOwn)).toMatchObject({ status: 200 });
  expect(await send("GET /api/organizations/current", { headers: { "x-organization-id": "no-uuid" } })).toMatchObject({
    status: 401,
  });
  const body = { organization_id: foreign.organizationId };
  expect(await send("PATCH /api/organizations", { token, body })).toMatchObject({
    status: 404,
    body: { code: "NOT_FOUND" },
  });
});

test("+C5 a key sees only its own organization and cannot switch", async () => {
  const { apiKey, organizationId, userId } = await createOrganization();
  const other = await createOrganization();
  await system.run(sql`
    insert into members (id, organization_id, user_id, role)
    values (${randomUUID()}, ${other.organizationId}, ${userId}, 'member')`);
  const { body } = await send("GET /api/organizations", { apiKey });
  expect(body.organizations.map(({ id }: { id: string }) => id)).toEqual([organizationId]);
  const switched = await send("PATCH /api/organizations", { apiKey, body: { organization_id: other.organizationId } });
  expect(switched).toMatchObject({ status: 403, body: { code: "FORBIDDEN" } });
});
