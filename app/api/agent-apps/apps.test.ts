import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";
import { objectStore } from "#lib/storage/store";
import { apkg, packageForm } from "#lib/testing/archives";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

const notFound = { status: 404, body: { error: "Agent app not found", code: "NOT_FOUND" } };

async function makeApp(apiKey: string, body: object = {}): Promise<string> {
  const made = await send("POST /api/agent-apps", { apiKey, body: { name: "Support", ...body } });
  expect(made.status, made.text).toBe(201);
  return made.body.app.id;
}

async function addPackage(apiKey: string, appId: string, version = "1.0.0") {
  const body = packageForm(apkg({ name: "Agent", version }), { version });
  const made = await send(`POST /api/agent-apps/${appId}/packages`, { apiKey, body });
  expect(made.status, made.text).toBe(201);
  return made.body.package;
}

async function addDeployment(organizationId: string, appId: string, packageId: string, status: string) {
  await system.run(sql`
    insert into deployments (id, organization_id, agent_app_id, package_id, version, status, cost_credits, request_id)
    values (${uuidv7()}, ${organizationId}, ${appId}, ${packageId}, '1.0.0', ${status}, 1, 'req_test')`);
}

const keysOf = (organizationId: string) =>
  system.all<{ objectKey: string }>(sql`select object_key from packages where organization_id = ${organizationId}`);

test("C15 creates an app; C14 lists apps newest first with their packages; C16 shows one", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const body = { name: " Customer Support Bot ", description: "AI-powered", is_public: true };
  const made = await send("POST /api/agent-apps", { apiKey, body });
  expect(made).toMatchObject({
    status: 201,
    body: { app: { name: "Customer Support Bot", description: "AI-powered", is_public: true } },
  });
  const { app } = made.body;
  expect(app.created_at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(app.updated_at).toBe(app.created_at);
  const second = await makeApp(apiKey);
  const first = await addPackage(apiKey, app.id, "1.0.0");
  const newer = await addPackage(apiKey, app.id, "1.1.0");

  const list = await send("GET /api/agent-apps", { apiKey });
  expect(list.status).toBe(200);
  expect(list.body.apps.map(({ id }: { id: string }) => id)).toEqual([second, app.id]);
  expect(list.body.apps[0]).toMatchObject({ name: "Support", description: null, is_public: false, packages: [] });
  expect(list.body.apps[1].packages).toEqual([
    { id: newer.id, version: "1.1.0", created_at: newer.created_at },
    { id: first.id, version: "1.0.0", created_at: first.created_at },
  ]);
  expect((await send("GET /api/agent-apps?limit=1&offset=1", { apiKey })).body.apps).toHaveLength(1);

  const one = await send(`GET /api/agent-apps/${app.id}`, { apiKey });
  expect(one).toMatchObject({ status: 200, body: { app: { id: app.id, name: "Customer Support Bot" } } });
  expect(one.body.app.packages[1]).toEqual({
    id: first.id,
    version: "1.0.0",
    s3_url: first.s3_url,
    size: first.size,
    created_at: first.created_at,
  });
  const audit = await system.one(sql`
    select count(*)::int as n from audit_entries where organization_id = ${organizationId} and resource_id = ${app.id}`);
  expect(audit).toEqual({ n: 1 });
});

test("C15 and C17 refuse bad input, naming the field", async () => {
  const { apiKey } = await createOrganization();
  const id = await makeApp(apiKey);
  const wrong = [
    [{ name: " " }, "name"],
    [{ name: "x".repeat(101) }, "name"],
    [{ name: "x", description: "x".repeat(5_001) }, "description"],
    [{ name: "x", is_public: "yes" }, "is_public"],
  ] as const;
  for (const [body, field] of wrong) {
    const expected = { status: 400, body: { code: "VALIDATION_ERROR", details: { [field]: expect.any(String) } } };
    expect(await send("POST /api/agent-apps", { apiKey, body })).toMatchObject(expected);
    expect(await send(`PATCH /api/agent-apps/${id}`, { apiKey, body })).toMatchObject(expected);
  }
  const missing = await send("POST /api/agent-apps", { apiKey, body: {} });
  expect(missing).toMatchObject({ status: 400, body: { details: { name: "Required field missing" } } });
});

test("C17 changes only what is given and moves updated_at", async () => {
  const { apiKey } = await createOrganization();
  const id = await makeApp(apiKey, { description: "Before" });
  const renamed = await send(`PATCH /api/agent-apps/${id}`, { apiKey, body: { name: "After" } });
  expect(renamed).toMatchObject({
    status: 200,
    body: { app: { id, name: "After", description: "Before", is_public: false } },
  });
  expect(Date.parse(renamed.body.app.updated_at)).toBeGreaterThan(Date.parse(renamed.body.app.created_at));
  const emptied = await send(`PATCH /api/agent-apps/${id}`, { apiKey, body: { description: null, is_public: true } });
  expect(emptied.body.app).toMatchObject({ name: "After", description: null, is_public: true });
});

test("C16 a public app of another organization is readable without s3_url; a private one is 404", async () => {
  const owner = await createOrganization();
  const other = await createOrganization();
  const id = await makeApp(owner.apiKey);
  const made = await addPackage(owner.apiKey, id);
  expect(await send(`GET /api/agent-apps/${id}`, { apiKey: other.apiKey })).toMatchObject(notFound);
  await send(`PATCH /api/agent-apps/${id}`, { apiKey: owner.apiKey, body: { is_public: true } });
  const read = await send(`GET /api/agent-apps/${id}`, { apiKey: other.apiKey });
  expect(read.status).toBe(200);
  expect(read.body.app.packages).toEqual([
    { id: made.id, version: "1.0.0", size: made.size, created_at: made.created_at },
  ]);
  expect(Object.keys(read.body.app).sort()).toEqual(
    ["created_at", "description", "id", "is_public", "name", "packages", "updated_at"].sort(),
  );
  expect((await send("GET /api/agent-apps", { apiKey: other.apiKey })).body.apps).toEqual([]);
  expect((await send(`GET /api/agent-apps/${id}`, {})).status).toBe(401);
});

test("C16–C18 unknown, foreign and malformed ids are 404", async () => {
  const owner = await createOrganization();
  const other = await createOrganization();
  const foreign = await makeApp(owner.apiKey, { is_public: true });
  const { apiKey } = other;
  for (const id of [foreign, randomUUID(), "nonsense"]) {
    if (id !== foreign) expect(await send(`GET /api/agent-apps/${id}`, { apiKey })).toMatchObject(notFound);
    expect(await send(`PATCH /api/agent-apps/${id}`, { apiKey, body: { name: "Mine" } })).toMatchObject(notFound);
    expect(await send(`DELETE /api/agent-apps/${id}`, { apiKey })).toMatchObject(notFound);
    expect(await send(`GET /api/agent-apps/${id}/packages`, { apiKey })).toMatchObject(notFound);
    expect(await send(`POST /api/agent-apps/${id}/signing-secret`, { apiKey })).toMatchObject(notFound);
    expect(await send(`POST /api/agent-apps/${id}/packages/upload-url`, { apiKey, body: {} })).toMatchObject(notFound);
    const upload = packageForm(apkg({ name: "x" }), { version: "1.0.0" });
    expect(await send(`POST /api/agent-apps/${id}/packages`, { apiKey, body: upload })).toMatchObject(notFound);
  }
  expect((await send(`GET /api/agent-apps/${foreign}`, { apiKey: owner.apiKey })).body.app.name).toBe("Support");
});

test("C18 deletes an app with its packages, deployments and stored objects; a second delete is 404", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const id = await makeApp(apiKey);
  const made = await addPackage(apiKey, id);
  await addDeployment(organizationId, id, made.id, "completed");
  const [object] = await keysOf(organizationId);
  const store = await objectStore();
  expect(await store.head(object?.objectKey ?? "")).toMatchObject({ size: made.size });

  const deleted = await send(`DELETE /api/agent-apps/${id}`, { apiKey });
  expect(deleted).toMatchObject({ status: 200, body: { message: "Agent app deleted successfully" } });
  expect(await send(`DELETE /api/agent-apps/${id}`, { apiKey })).toMatchObject(notFound);
  await expect.poll(() => store.head(object?.objectKey ?? "")).toBeUndefined();
  expect(await keysOf(organizationId)).toEqual([]);
});

test("C18 and C22 are 409 while a deployment waits or runs, and pass when it is over", async () => {
  const { apiKey, organizationId } = await createOrganization();
  for (const status of ["queued", "processing"]) {
    const id = await makeApp(apiKey);
    const deployed = await addPackage(apiKey, id, "1.0.0");
    const idle = await addPackage(apiKey, id, "1.1.0");
    await addDeployment(organizationId, id, deployed.id, status);
    const busy = { status: 409, body: { code: "DEPLOYMENT_IN_PROGRESS" } };
    expect(await send(`DELETE /api/agent-apps/${id}`, { apiKey })).toMatchObject(busy);
    expect(await send(`DELETE /api/agent-apps/${id}/packages/${deployed.id}`, { apiKey })).toMatchObject(busy);
    expect(await send(`DELETE /api/agent-apps/${id}/packages/${idle.id}`, { apiKey })).toMatchObject({ status: 200 });
    await system.run(sql`update deployments set status = 'failed' where agent_app_id = ${id}`);
    expect(await send(`DELETE /api/agent-apps/${id}/packages/${deployed.id}`, { apiKey })).toMatchObject({
      status: 200,
    });
    expect(await send(`DELETE /api/agent-apps/${id}`, { apiKey })).toMatchObject({ status: 200 });
  }
});

test("C22 deletes a package and its object; the version may be used again", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const id = await makeApp(apiKey);
  const made = await addPackage(apiKey, id);
  const [object] = await keysOf(organizationId);
  const path = `/api/agent-apps/${id}/packages/${made.id}`;
  const other = await createOrganization();
  const unknown = { status: 404, body: { error: "Package not found", code: "NOT_FOUND" } };
  expect(await send(`DELETE ${path}`, { apiKey: other.apiKey })).toMatchObject(unknown);
  expect(await send(`GET ${path}/download`, { apiKey: other.apiKey })).toMatchObject(unknown);
  const otherApp = await makeApp(apiKey);
  expect(await send(`DELETE /api/agent-apps/${otherApp}/packages/${made.id}`, { apiKey })).toMatchObject(unknown);
  expect(await send(`DELETE ${path}`, { apiKey })).toMatchObject({
    status: 200,
    body: { message: "Package deleted successfully" },
  });
  expect(await send(`DELETE ${path}`, { apiKey })).toMatchObject(unknown);
  const store = await objectStore();
  await expect.poll(() => store.head(object?.objectKey ?? "")).toBeUndefined();
  expect((await addPackage(apiKey, id)).id).not.toBe(made.id);
});

test("apps need agents:read and agents:write; how packages are signed needs admin:write", async () => {
  const { apiKey } = await createOrganization();
  const id = await makeApp(apiKey);
  const writer = await createOrganization({ scopes: ["agents:read", "agents:write"] });
  const own = await makeApp(writer.apiKey);
  const refused = { status: 403, body: { code: "INSUFFICIENT_SCOPE" } };
  for (const body of [{ public_key: null }, { require_signature: false }]) {
    expect(await send(`PATCH /api/agent-apps/${own}`, { apiKey: writer.apiKey, body })).toMatchObject(refused);
  }
  expect(await send(`POST /api/agent-apps/${own}/signing-secret`, { apiKey: writer.apiKey })).toMatchObject(refused);
  expect(await send(`PATCH /api/agent-apps/${id}`, { apiKey, body: { public_key: null } })).toMatchObject({
    status: 200,
  });
});
