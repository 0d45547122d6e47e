import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rawZip } from "#lib/testing/archives";
import { send } from "#lib/testing/client";
import { ownDataFolder } from "#lib/testing/data-folder";
import { createOrganization } from "#lib/testing/factories";
import { startS3, type TestS3 } from "#lib/testing/s3-server";
import { type SecondHost, startSecondHost } from "#lib/testing/second-host";

const megabyte = 1024 * 1024;
const folder = ownDataFolder();
let s3: TestS3;
let hosts: Record<string, SecondHost>;
let apiKey: string;
let appId: string;

/** A package of exactly so many bytes that nothing can shrink. */
function packageOf(bytes: number): Buffer {
  const entries = (length: number) => {
    const noise = Buffer.alloc(length);
    for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(noise.subarray(at, at + 65_536));
    return [
      { name: "manifest.json", data: '{"name":"Large"}' },
      { name: "data.bin", data: noise, method: 0 },
    ];
  };
  const frame = rawZip(entries(0)).length;
  return rawZip(entries(bytes - frame));
}

const largest = packageOf(100 * megabyte);

beforeAll(async () => {
  s3 = await startS3();
  const environment = { BATON_DATA_DIR: folder };
  const [local, bucket] = await Promise.all([
    startSecondHost(environment),
    startSecondHost({ ...environment, ...s3.environment }),
  ]);
  hosts = { local, s3: bucket };
  ({ apiKey } = await createOrganization());
  appId = (await send("POST /api/agent-apps", { apiKey, body: { name: "Large" } })).body.app.id;
});
afterAll(async () => {
  await Promise.all(Object.values(hosts).map((host) => host.stop()));
  await s3.stop();
});

const temporary = () => readdir(join(folder, "uploads"));
const hostOf = (name: string) => hosts[name] as SecondHost;

const partOf = (fields: string) => `--b\r\ncontent-disposition: form-data; ${fields}\r\n\r\n`;

/** The form is written by hand: reading the file out of a `Blob` would take the client longer than the server. */
async function upload(host: SecondHost, file: Buffer, version: string): Promise<Response> {
  const head = `${partOf('name="version"')}${version}\r\n${partOf('name="file"; filename="large.apkg"')}`;
  const body = Buffer.concat([Buffer.from(head), file, Buffer.from("\r\n--b--\r\n")]);
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "multipart/form-data; boundary=b" };
  return fetch(`${host.url}/api/agent-apps/${appId}/packages`, { method: "POST", headers, body });
}

/** From the kernel where it tells: starting `ps` fifty times from a process this large takes longer than an upload. */
async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const [, told] = /^VmRSS:\s+(\d+) kB/m.exec(status) ?? [];
  const kilobytes = told ?? (await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)])).stdout;
  return Number(kilobytes) / 1024;
}

test.each(["local", "s3"])(
  "100 MB go into the store %s in less than 150 MB of process growth",
  async (name) => {
    const host = hostOf(name);
    expect((await upload(host, packageOf(megabyte), `0.0.1-${name}`)).status).toBe(201);
    const before = await residentMegabytes(host.pid);
    let peak = before;
    let isDone = false;
    const watch = (async () => {
      while (!isDone) {
        peak = Math.max(peak, await residentMegabytes(host.pid));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    const made = await upload(host, largest, `1.0.0-${name}`);
    isDone = true;
    await watch;
    expect(made.status, await made.clone().text()).toBe(201);
    expect((await made.json()).package.size).toBe(100 * megabyte);
    process.stdout.write(
      `100 MB into ${name}: ${Math.round(before)} MB before, ${Math.round(peak - before)} MB growth\n`,
    );
    expect(peak - before).toBeLessThan(150);
    expect(await temporary()).toEqual([]);
  },
  60_000,
);

test("README 5.7 one byte over 100 MB is 413 in the dialect, and no temporary file stays", async () => {
  const refused = await upload(hostOf("local"), Buffer.concat([largest, Buffer.alloc(1)]), "2.0.0");
  expect(refused.status).toBe(413);
  expect(await refused.json()).toMatchObject({ code: "PAYLOAD_TOO_LARGE", error: expect.stringContaining("100 MB") });
  await expect.poll(temporary).toEqual([]);
}, 60_000);

/** Sends the head of a form and so many bytes of its file, then leaves the connection to the test. */
function begin(host: SecondHost, bytes: number, length?: number) {
  const started = Promise.withResolvers<{ status: number; code: string }>();
  const outgoing = request(`${host.url}/api/agent-apps/${appId}/packages`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${apiKey}`,
      "content-type": "multipart/form-data; boundary=b",
      ...(length ? { "content-length": length } : { "transfer-encoding": "chunked" }),
    },
  });
  outgoing.on("error", (error) => started.reject(error));
  outgoing.on("response", async (response) => {
    const text = (await response.toArray()).join("");
    started.resolve({ status: response.statusCode ?? 0, code: JSON.parse(text).code });
  });
  outgoing.write(partOf('name="file"; filename="a"'));
  outgoing.write(Buffer.alloc(bytes));
  return { outgoing, answer: started.promise };
}

test("README 5.7 a form that announces too much is refused before it is sent", async () => {
  const { outgoing, answer } = begin(hostOf("local"), 10, 200 * megabyte);
  expect(await answer).toEqual({ status: 413, code: "PAYLOAD_TOO_LARGE" });
  outgoing.destroy();
});

test("a client that goes away in the middle leaves nothing behind", async () => {
  const { outgoing, answer } = begin(hostOf("local"), 5 * megabyte);
  await expect.poll(async () => (await temporary()).length).toBe(1);
  outgoing.destroy();
  await expect(answer).rejects.toThrow();
  await expect.poll(temporary).toEqual([]);
  expect((await upload(hostOf("local"), packageOf(megabyte), "3.0.0")).status).toBe(201);
});
