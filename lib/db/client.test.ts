import { expect, test, vi } from "vitest";
import { pool } from "#lib/db/client";
import { log } from "#lib/log";

test("an idle connection that the server ends is one short line in the log, and the next statement works", async () => {
  const warned = vi.spyOn(log, "warn");
  const [idle, other] = [await pool().connect(), await pool().connect()];
  const { rows } = await idle.query<{ pid: number }>("select pg_backend_pid() as pid");
  idle.release();
  await other.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
  other.release();

  const written = () => warned.mock.calls.find(([, message]) => message === "idle database connection lost")?.[0];
  await expect.poll(written).toMatchObject({ err: { code: "57P01" } });
  expect(JSON.stringify(written()).length).toBeLessThan(500);
  warned.mockRestore();
  expect((await pool().query("select 1 as one")).rows).toEqual([{ one: 1 }]);
});
