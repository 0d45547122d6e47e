import { afterAll, beforeAll, expect, test } from "vitest";
import { isPrivateAddress, isPublicAddress } from "#lib/http-out/address";
import { type OutgoingRequest, sendOut } from "#lib/http-out/request";
import { askNameServers, checkedAddresses } from "#lib/http-out/resolve";
import { parseTarget } from "#lib/http-out/target";
import { startNameServer } from "#lib/testing/name-server";
import { startWebhookReceiver, type WebhookReceiver } from "#lib/testing/webhook-receiver";

let receiver: WebhookReceiver;
beforeAll(async () => {
  receiver = await startWebhookReceiver();
});
afterAll(() => receiver.close());

const request = (more: Partial<OutgoingRequest> = {}): OutgoingRequest => ({
  url: receiver.url,
  method: "POST",
  headers: { "content-type": "application/json" },
  body: "{}",
  timeoutMs: 2_000,
  bodyBytesMax: 100,
  allowPrivate: true,
  ...more,
});
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "sent",
    (error: { code?: string }) => error.code,
  );

const notPublic = [
  ["loopback", "127.0.0.1", "127.255.255.254", "::1"],
  ["private", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fd00:ec2::254", "fc00::1"],
  ["link-local and metadata", "169.254.169.254", "169.254.0.1", "fe80::1", "168.63.129.16", "100.100.100.200"],
  ["carrier-grade NAT", "100.64.0.1", "100.127.255.255"],
  ["nobody's", "0.0.0.0", "0.1.2.3", "::", "240.0.0.1", "255.255.255.255", "4000::1", "fec0::1", "100::1"],
  ["multicast", "224.0.0.1", "239.255.255.255", "ff02::1"],
  ["documentation and tests", "192.0.2.1", "198.51.100.1", "203.0.113.7", "198.18.0.1", "2001:db8::1", "3fff::1"],
  ["IPv4 in IPv6", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::7f00:1", "::ffff:0:127.0.0.1"],
  ["NAT64", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1"],
  ["6to4 and Teredo", "2002:7f00:1::", "2002:808:808::1", "2001::1", "2001:0:7f00:1::"],
  ["no address at all", "", "localhost", "127.1", "0x7f000001", "1.2.3.4.5"],
] as const;
test.each(notPublic.map(([kind, ...addresses]) => ({ kind, addresses })))("$kind is not public", ({ addresses }) => {
  for (const address of addresses) expect(isPublicAddress(address), address).toBe(false);
});

test("public addresses are public, and private ones are known as such", () => {
  for (const address of ["8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e"])
    expect(isPublicAddress(address), address).toBe(true);
  expect(["127.0.0.1", "192.168.1.1", "::1", "::ffff:10.0.0.1", "8.8.8.8", "x"].map(isPrivateAddress)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});

const notations = [
  "http://127.0.0.1/",
  "http://127.1/",
  "http://2130706433/",
  "http://0x7f000001/",
  "http://0x7f.1/",
  "http://0177.0.0.1/",
  "http://017700000001/",
  "http://127.0.0.1./",
  "http://127%2e0.0.1/",
  "http://１２７.0.0.1/",
  "http://127。0。0。1/",
  "http://[::1]/",
  "http://[::ffff:127.0.0.1]/",
  "http://[::ffff:7f00:1]/",
  "http://[64:ff9b::127.0.0.1]/",
  "http://[2002:7f00:1::]/",
  "http://[::127.0.0.1]/",
  "http://[0:0:0:0:0:0:0:1]/",
  "http://localhost/",
  "http://LOCALHOST/",
  "http://localhost./",
  "http://api.localhost/",
  "http://metadata.google.internal/",
  "http://printer.local/",
  "http://169.254.169.254/latest/meta-data/",
  "http:\\\\127.0.0.1\\",
  "http:127.0.0.1",
  "http:/127.0.0.1",
  " http://127.0.0.1/",
  "http://2\t130706433/",
  "http://user@127.0.0.1/",
  "http://example.com@127.0.0.1/",
];
test.each(notations)("README 5.9 %j is refused before anything is connected", async (url) => {
  expect(await codeOf(sendOut(request({ url, allowPrivate: false })))).toBe("refused_address");
});

const malformed = [
  "",
  "example.com",
  "ftp://example.com/",
  "file:///etc/passwd",
  "http://",
  "http://user:pass@example.com/",
  "http://example.com./",
  "http://example.com:22/",
  "http://example.com:25/",
  "http://134744072/",
  `http://example.com/${"x".repeat(2_048)}`,
];
test.each(malformed)("%j is no target", (url) => {
  expect(() => parseTarget(url, false)).toThrow(expect.objectContaining({ code: "refused_address" }));
});

test("plain public URLs are targets, with their ports", () => {
  for (const url of [
    "https://example.com/hook?x=1",
    "http://8.8.8.8/",
    "https://example.com:8443/",
    "http://[2606:4700::1]/",
  ])
    expect(parseTarget(url, false).url.href).toBe(url);
});

test("a host name is asked of the name servers: all its addresses, IPv4 and IPv6, or none", async () => {
  const server = await startNameServer({
    "hooks.example.com": ["93.184.216.34", "2606:4700::1"],
    "v4.example.com": ["10.0.0.7"],
  });
  const resolve = askNameServers([server.address]);
  expect((await resolve("hooks.example.com")).map(({ address }) => address).sort()).toEqual([
    "2606:4700::1",
    "93.184.216.34",
  ]);
  expect(await resolve("v4.example.com")).toEqual([{ address: "10.0.0.7", family: 4 }]);
  await expect(resolve("nowhere.example.com")).rejects.toThrow("ENOTFOUND");
  server.close();
});

test("one private address among several refuses the host; a name without address says so", async () => {
  const target = parseTarget("https://hooks.example.com/", false);
  const two = async () => [
    { address: "93.184.216.34", family: 4 },
    { address: "10.0.0.7", family: 4 },
  ];
  expect(await codeOf(checkedAddresses(target, two, false))).toBe("refused_address");
  expect(await codeOf(checkedAddresses(target, async () => [], false))).toBe("unresolvable");
  const unknown = () => Promise.reject(new Error("ENOTFOUND"));
  expect(await codeOf(checkedAddresses(target, unknown, false))).toBe("unresolvable");
});

test("a name that is public at the first look-up and 127.0.0.1 at the second is refused at the second", async () => {
  const before = receiver.received.length;
  const answers = ["93.184.216.34", "127.0.0.1"];
  const rebinding = async () => [{ address: answers.shift() ?? "127.0.0.1", family: 4 }];
  const target = parseTarget(`http://rebind.example.com:${receiver.port}/`, false);
  expect(await checkedAddresses(target, rebinding, false)).toEqual([{ address: "93.184.216.34", family: 4 }]);
  const again = sendOut(request({ url: target.url.href, resolve: rebinding, allowPrivate: false }));
  expect(await codeOf(again)).toBe("refused_address");
  expect(receiver.received).toHaveLength(before);
});

test("the connection goes to the address that was checked, looked up once, whatever the name means by then", async () => {
  receiver.answerWith({ type: "status", status: 200, body: "hello" });
  let lookups = 0;
  const resolve = async () => {
    lookups += 1;
    return [{ address: "127.0.0.1", family: 4 }];
  };
  const url = `http://pinned.invalid:${receiver.port}/where`;
  const answer = await sendOut(request({ url, resolve }));
  expect(answer).toMatchObject({ status: 200, body: Buffer.from("hello"), isCut: false });
  expect(lookups).toBe(1);
  expect(receiver.received.at(-1)).toMatchObject({
    path: "/where",
    headers: { host: `pinned.invalid:${receiver.port}` },
  });
});

test("a redirect is an answer and is not followed", async () => {
  const before = receiver.received.length;
  receiver.answerWith({ type: "status", status: 302, headers: { location: `${receiver.url}/elsewhere` } });
  expect(await sendOut(request())).toMatchObject({ status: 302, headers: { location: `${receiver.url}/elsewhere` } });
  expect(receiver.received).toHaveLength(before + 1);
});

test("a server that hangs, drops the connection or is not there is told apart; an endless body is cut", async () => {
  receiver.answerWith({ type: "hang" });
  const started = Date.now();
  expect(await codeOf(sendOut(request({ timeoutMs: 300 })))).toBe("timeout");
  expect(Date.now() - started).toBeLessThan(1_500);
  receiver.answerWith({ type: "cut" });
  expect(await codeOf(sendOut(request()))).toBe("connection");
  expect(await codeOf(sendOut(request({ url: "http://127.0.0.1:1/" })))).toBe("connection");
  receiver.answerWith({ type: "flood" });
  const answer = await sendOut(request());
  expect(answer).toMatchObject({ status: 200, isCut: true });
  expect(answer.body).toHaveLength(100);
});

test("whoever asked can stop the request, and learns his own reason", async () => {
  receiver.answerWith({ type: "hang" });
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error("shutting down")), 50);
  await expect(sendOut(request({ signal: stop.signal }))).rejects.toThrow("shutting down");
});
