import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { findDemo } from "#lib/demo/queries";
import { listOwnOrganizations } from "#lib/organizations/service";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";
import { startDemo } from "#server/demo";

await ownDatabase();

const dataDir = mkdtempSync(join(tmpdir(), "baton-test-demo-"));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const lines: string[] = [];
const options = { isEmbedded: true, dataDir, say: (line: string) => void lines.push(line), volume: 0.02 };

let real: ReturnType<typeof createOrganization> | undefined;
/** The one organization that is no demo, whose owner gets it; nobody has signed up before it is asked for. */
const signUp = () => {
  real ??= createOrganization({ name: "Real" });
  return real;
};

// Also before a second try, which finds what the first one left.
beforeEach(() => startDemo({ ...options, mode: "remove" }).done);

test("it waits for somebody whose it could be", async () => {
  expect(await startDemo({ ...options, mode: "fill" }).done).toContain("nobody has signed up");
  expect(await findDemo()).toBeUndefined();
});

test("on a database that is not Baton's own it is refused unless it is forced, and removed anywhere", async () => {
  const { ctx } = await signUp();
  const hosted = { ...options, isEmbedded: false };
  expect(await startDemo({ ...hosted, mode: "fill" }).done).toContain("--demo=force");
  expect(await findDemo()).toBeUndefined();
  expect(await startDemo({ ...hosted, mode: "force" }).done).toContain("is ready");
  expect((await listOwnOrganizations(ctx)).organizations).toHaveLength(2);
  expect(await startDemo({ ...hosted, mode: "fill" }).done).toContain("--demo=force");
  expect(await startDemo({ ...hosted, mode: "force" }).done).toContain("is there already");
  expect(await startDemo({ ...hosted, mode: "remove" }).done).toContain("removed");
  expect(await startDemo({ ...hosted, mode: "remove" }).done).toContain("there is none");
});

test("a stop ends it soon, and the next start completes it; of two at once one does it", async () => {
  await signUp();
  const stopped = startDemo({ ...options, mode: "fill" });
  await expect.poll(findDemo).toMatchObject({ demoState: "filling" });
  await stopped.stop();
  expect(await stopped.done).toContain("begins anew");
  expect(await findDemo()).toMatchObject({ demoState: "filling" });
  const both = [startDemo({ ...options, mode: "fill" }), startDemo({ ...options, mode: "fill" })];
  const said = await Promise.all(both.map(({ done }) => done));
  expect(said.filter((line) => line.includes("is ready"))).toHaveLength(1);
  expect(await findDemo()).toMatchObject({ demoState: "filled" });
});
