import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as openRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { serveCompressed } from "#server/static-files";

const script = Buffer.from("console.log('a chunk');".repeat(100));
const path = "/_next/static/chunks/0abc.js";
const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

type Answer = { status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer };

/** A server over a build of one chunk, compressed for `compressedFor`; Next is a listener that says so. */
async function startServer(compressedFor = "build-1") {
  const root = mkdtempSync(join(tmpdir(), "baton-static-"));
  const chunks = join(root, ".next/static/chunks");
  mkdirSync(chunks, { recursive: true });
  writeFileSync(join(root, ".next/BUILD_ID"), "build-1");
  writeFileSync(join(root, ".next/baton-compressed"), compressedFor);
  writeFileSync(join(chunks, "0abc.js"), script);
  writeFileSync(join(chunks, "0abc.js.br"), brotliCompressSync(script));
  writeFileSync(join(chunks, "0abc.js.gz"), gzipSync(script));
  const server = createServer(serveCompressed(root, (_incoming, outgoing) => outgoing.end("Next")));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUps.push(() => {
    server.close();
    rmSync(root, { recursive: true });
  });
  const { port } = server.address() as AddressInfo;
  return (url: string, headers: Record<string, string> = {}, method = "GET") =>
    new Promise<Answer>((resolve, reject) => {
      const sent = openRequest(
        { host: "127.0.0.1", port, path: url, method, headers, agent: false },
        async (answer) => {
          const body = Buffer.concat(await answer.toArray());
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
        },
      );
      sent.on("error", reject).end();
    });
}

test("sends the smallest form that the browser takes, to be kept for good", async () => {
  const send = await startServer();
  const brotli = await send(`${path}?dpl=1`, { "accept-encoding": "gzip, deflate, br" });
  expect(brotli).toMatchObject({
    status: 200,
    headers: {
      "content-encoding": "br",
      "content-type": "application/javascript; charset=UTF-8",
      "cache-control": "public, max-age=31536000, immutable",
      "content-length": String(brotli.body.length),
      vary: "Accept-Encoding",
    },
  });
  expect(brotliDecompressSync(brotli.body)).toEqual(script);
  const gzip = await send(path, { "accept-encoding": "br;q=0, gzip" });
  expect(gzip.headers["content-encoding"]).toBe("gzip");
  expect(gunzipSync(gzip.body)).toEqual(script);
  expect(gzip.headers.etag).not.toBe(brotli.headers.etag);
});

test("answers HEAD without a body, and 304 to who has it", async () => {
  const send = await startServer();
  const accepted = { "accept-encoding": "br" };
  const head = await send(path, accepted, "HEAD");
  expect(head).toMatchObject({ status: 200, headers: { "content-encoding": "br" } });
  expect(head.body).toHaveLength(0);
  const known = await send(path, { ...accepted, "if-none-match": `"other", W/${head.headers.etag}` });
  expect(known).toMatchObject({ status: 304, headers: { etag: head.headers.etag, vary: "Accept-Encoding" } });
  expect(known.body).toHaveLength(0);
});

test("leaves everything else to Next", async () => {
  const send = await startServer();
  const accepted = { "accept-encoding": "br" };
  const others = [
    send("/dashboard", accepted),
    send("/_next/static/chunks/none.js", accepted),
    send("/_next/static/chunks/../../BUILD_ID", accepted),
    send(`${path}.br`, accepted),
    send(path),
    send(path, { ...accepted, range: "bytes=0-9" }),
    send(path, accepted, "POST"),
  ];
  for (const { body } of await Promise.all(others)) expect(body.toString()).toBe("Next");
});

test("sends nothing that was compressed for another build", async () => {
  const send = await startServer("build-0");
  expect((await send(path, { "accept-encoding": "br" })).body.toString()).toBe("Next");
});
