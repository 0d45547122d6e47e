import { once } from "node:events";
import { request } from "node:http";
import type { Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { createOrganization } from "#lib/testing/factories";
import { createExport } from "#lib/usage/export/service";
import { startWeb, type Web } from "#server/web";

const total = 50_000;
const day = "2026-05-01";
let web: Web;
let organization: Awaited<ReturnType<typeof createOrganization>>;

beforeAll(async () => {
  web = await startWeb({ root: join(import.meta.dirname, "../../.."), host: "127.0.0.1", port: 0 });
  organization = await createOrganization();
  // Many rows share one time, so that pages must go on by the id within it.
  await system.run(sql`
    insert into usage_events (id, organization_id, type, description, value, created_at)
    select gen_random_uuid(), ${organization.organizationId}, 'invocation', repeat('x', 1000) || n, n,
      ${day}::timestamptz + make_interval(secs => n / 1000)
    from generate_series(1, ${total}::int) as n`);
});

afterAll(() => web.stop(0));

function pathOf(format: "csv" | "json"): string {
  return new URL(createExport(organization.ctx, { format, startDate: day, endDate: day }).downloadUrl).pathname;
}

const get = async (format: "csv" | "json") => {
  const sent = request({ port: web.port, path: pathOf(format), agent: false }).end();
  const [response] = await once(sent, "response");
  return response;
};

test("C29 50,000 rows come complete and once over HTTP, in both formats", async () => {
  for (const format of ["csv", "json"] as const) {
    const response = await get(format);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString("utf8");
    const values: number[] =
      format === "json"
        ? JSON.parse(text).map(({ value }: { value: number }) => value)
        : text
            .split("\r\n")
            .slice(1, -1)
            .map((line) => Number(line.split(",")[3]));
    expect(values).toHaveLength(total);
    expect(new Set(values).size).toBe(total);
    expect(response.headers["content-disposition"]).toBe(`attachment; filename="usage-${day}-to-${day}.${format}"`);
  }
});

/** Whether any connection asks the database for a page during the next 300 ms. */
async function isReading(): Promise<boolean> {
  const { now } = await system.one<{ now: string }>(sql`select clock_timestamp()::text as now`);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { pages } = await system.one<{ pages: number }>(sql`
    select count(*) as pages from pg_stat_activity
    where query_start > ${now}::timestamptz and query like '%from usage_events%' and pid <> pg_backend_pid()`);
  return pages > 0;
}

test("C29 a reader that pauses makes the reading pause, with little in memory; one that leaves ends it", async () => {
  const sockets: Socket[] = [];
  web.server.on("connection", (socket) => sockets.push(socket));
  const response = await get("csv");
  response.pause();
  await expect.poll(isReading, { timeout: 10_000 }).toBe(false);
  // What the two kernels hold is far from the file's 50 MB; what this process holds is a page.
  expect(sockets[0]?.bytesWritten).toBeLessThan(25_000_000);
  expect(sockets[0]?.writableLength).toBeLessThan(2_000_000);
  response.resume();
  await once(response, "data");
  response.destroy();
  await expect.poll(() => sockets[0]?.destroyed).toBe(true);
  await expect.poll(isReading, { timeout: 10_000 }).toBe(false);
  expect(sockets[0]?.bytesWritten).toBeLessThan(50_000_000);
});

test("C29 HEAD tells what would come and reads next to nothing", async () => {
  const sent = request({ port: web.port, path: pathOf("csv"), agent: false, method: "HEAD" }).end();
  const [response] = await once(sent, "response");
  response.resume();
  expect(response.statusCode).toBe(200);
  expect(response.headers["content-disposition"]).toContain(".csv");
  expect(await isReading()).toBe(false);
});
