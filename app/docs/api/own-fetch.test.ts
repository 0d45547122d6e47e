import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ownFetch } from "./own-fetch";

const server = createServer((request, response) => {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ method: request.method, authorization: request.headers.authorization ?? null }));
});
let origin = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubGlobal("window", { location: { origin } });
});
afterAll(() => {
  vi.unstubAllGlobals();
  server.close();
});

const sent = async (headers: Record<string, string>) =>
  (await ownFetch(`${origin}/api/x`, { method: "POST", headers })).json();

test("a pasted key is sent; an empty one is not, so that the login speaks", async () => {
  expect(await sent({ authorization: "Bearer sk_live_x" })).toEqual({
    method: "POST",
    authorization: "Bearer sk_live_x",
  });
  for (const authorization of ["Bearer ", "Bearer", ""])
    expect(await sent({ authorization })).toEqual({ method: "POST", authorization: null });
  expect(await sent({})).toEqual({ method: "POST", authorization: null });
});

test("no other origin is called", async () => {
  await expect(ownFetch("https://proxy.example.com/api/x")).rejects.toThrow("calls this instance only");
});
