import { mkdir, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { createApp } from "#lib/apps/service";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";
import { packageKey } from "#lib/packages/address";
import { preparePackage } from "#lib/packages/prepare";
import { createPackage } from "#lib/packages/service";
import { sweepObjects, sweepPackages } from "#lib/packages/sweep";
import { removeSpooled, spool, sweepSpool } from "#lib/storage/spool";
import { objectStore } from "#lib/storage/store";
import { apkg } from "#lib/testing/archives";
import { ownDataFolder } from "#lib/testing/data-folder";
import { createOrganization } from "#lib/testing/factories";

const folder = ownDataFolder();
const hourMs = 3_600_000;
const pathOf = (key: string) => join(folder, "objects", key);
const age = (path: string, ms: number) => utimes(path, new Date(Date.now() - ms), new Date(Date.now() - ms));
const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

async function* once(bytes: Buffer) {
  yield bytes;
}

async function prepare(version: string) {
  const { ctx, organizationId } = await createOrganization();
  const { app } = await createApp(ctx, { name: "Swept" });
  const file = await spool(once(apkg({ name: "Agent" })), 1_000_000);
  const prepared = await preparePackage(ctx, app, { fields: { version }, files: { file } });
  await removeSpooled(file.path);
  return { ctx, organizationId, appId: app.id, prepared };
}

/** Walks the whole store in small pages, as several rounds would. */
async function sweepAll(): Promise<void> {
  for (let after: string | undefined, isFirst = true; isFirst || after; isFirst = false)
    after = await sweepObjects(after, 3);
}

test("objects without a row go after an hour; young ones, packages and open uploads stay", async () => {
  const kept = await prepare("1.0.0");
  await createPackage(kept.ctx, kept.prepared.value);
  const crashed = await prepare("1.0.0");
  const young = await prepare("1.0.0");
  const { organizationId, appId } = kept;
  const upload = packageKey({ organizationId, appId }, uuidv7());
  await system.run(sql`
    insert into package_uploads (id, organization_id, agent_app_id, object_key, expires_at)
    values (${uuidv7()}, ${organizationId}, ${appId}, ${upload}, now() + interval '1 hour')`);
  await writeFile(pathOf(upload), "x");
  const foreign = "of-another-instance/object.apkg";
  await mkdir(dirname(pathOf(foreign)), { recursive: true });
  await writeFile(pathOf(foreign), "x");
  const [keptKey, crashedKey, youngKey] = [kept, crashed, young].map(({ prepared }) => prepared.value.objectKey);
  for (const key of [keptKey, crashedKey, upload, foreign]) await age(pathOf(key ?? ""), 2 * hourMs);

  await sweepAll();
  const store = await objectStore();
  expect(await store.head(crashedKey ?? "")).toBeUndefined();
  for (const key of [keptKey, youngKey, upload, foreign]) expect(await store.head(key ?? ""), key).toBeDefined();

  // An upload that nobody made a package of in time goes too.
  await system.run(sql`update package_uploads set expires_at = now() where object_key = ${upload}`);
  await sweepAll();
  expect(await store.head(upload)).toBeUndefined();
});

test("temporary files of a killed process go after an hour, files in use stay", async () => {
  const left = await spool(once(Buffer.from("left behind")), 1_000);
  const used = await spool(once(Buffer.from("in use")), 1_000);
  await age(left.path, 2 * hourMs);
  expect(await sweepSpool(hourMs)).toBe(1);
  expect(await exists(left.path)).toBe(false);
  expect(await exists(used.path)).toBe(true);
});

test("the rounds of maintenance rest for an hour after the last page, and forget expired uploads", async () => {
  const { organizationId, appId, prepared } = await prepare("1.0.0");
  await prepared.release("refused");
  const key = packageKey({ organizationId, appId }, uuidv7());
  const expire = () =>
    system.run(sql`
      insert into package_uploads (id, organization_id, agent_app_id, object_key, expires_at)
      values (${uuidv7()}, ${organizationId}, ${appId}, ${key}, now() - interval '1 minute')`);
  const left = async () =>
    (await system.one<{ n: number }>(sql`select count(*)::int as n from package_uploads where object_key = ${key}`)).n;
  await expire();
  // Another file's round of maintenance may have begun such a rest in this process.
  const now = Date.now() + 2 * hourMs;
  await sweepPackages(now);
  expect(await left()).toBe(0);
  await expire();
  await sweepPackages(now + hourMs - 1_000);
  expect(await left()).toBe(1);
  await sweepPackages(now + hourMs + 1_000);
  expect(await left()).toBe(0);
});

test("a refused package leaves no object; one whose fate is unknown is left to the sweeper", async () => {
  const store = await objectStore();
  const refused = await prepare("1.0.0");
  await refused.prepared.release("refused");
  expect(await store.head(refused.prepared.value.objectKey)).toBeUndefined();
  const unknown = await prepare("1.0.0");
  await unknown.prepared.release("unknown");
  expect(await store.head(unknown.prepared.value.objectKey)).toBeDefined();
});
