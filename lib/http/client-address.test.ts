import { afterEach, expect, test } from "vitest";
import { provideEnvironment } from "#lib/env";
import { addressHeader, addressOfPage, clientAddress, noteAddress, notePeer } from "#lib/http/client-address";

afterEach(() => provideEnvironment({ TRUSTED_PROXY: "0" }));

function from(peer: string | undefined, forwarded?: string): string | null {
  const request = new Request(
    "http://localhost/",
    forwarded === undefined ? {} : { headers: { "x-forwarded-for": forwarded } },
  );
  notePeer(request, peer);
  return clientAddress(request);
}

test("without a trusted proxy the socket's peer counts, whatever a header claims", () => {
  expect(from("203.0.113.7", "198.51.100.1")).toBe("203.0.113.7");
  expect(from(undefined, "198.51.100.1")).toBeNull();
});

test("with n trusted proxies the n-th last entry counts; those before it are the caller's own words", () => {
  provideEnvironment({ TRUSTED_PROXY: "1" });
  expect(from("10.0.0.1", "6.6.6.6, 198.51.100.1")).toBe("198.51.100.1");
  provideEnvironment({ TRUSTED_PROXY: "2" });
  expect(from("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2")).toBe("198.51.100.1");
  expect(from("10.0.0.1", "198.51.100.1")).toBe("10.0.0.1");
  expect(from("10.0.0.1")).toBe("10.0.0.1");
});

test("one address has one spelling, which Postgres knows: mapped, bracketed, with port or zone", () => {
  expect(from("::ffff:203.0.113.7")).toBe("203.0.113.7");
  expect(from("2001:DB8::0:1")).toBe("2001:db8::1");
  expect(from("fe80::1%eth0")).toBe("fe80::1");
  provideEnvironment({ TRUSTED_PROXY: "1" });
  expect(from("10.0.0.1", "[2001:db8::1]:443")).toBe("2001:db8::1");
  expect(from("10.0.0.1", "198.51.100.1:5123")).toBe("198.51.100.1");
  expect(from("10.0.0.1", "nonsense")).toBe("10.0.0.1");
});

test("pages read the address that the socket's owner wrote down; on hosts without one only a trusted proxy is believed", () => {
  const claimed = { [addressHeader]: "198.51.100.1", "x-forwarded-for": "198.51.100.2" };
  expect(addressOfPage(new Headers(claimed))).toBeNull();
  provideEnvironment({ TRUSTED_PROXY: "1" });
  expect(addressOfPage(new Headers(claimed))).toBe("198.51.100.2");
  provideEnvironment({ TRUSTED_PROXY: "0" });

  const incoming: Record<string, string | string[] | undefined> = { ...claimed };
  noteAddress(incoming, "::ffff:203.0.113.7");
  expect(incoming[addressHeader]).toBe("203.0.113.7");
  expect(addressOfPage(new Headers({ [addressHeader]: "203.0.113.7" }))).toBe("203.0.113.7");
  noteAddress(incoming, undefined);
  expect(addressOfPage(new Headers({ [addressHeader]: String(incoming[addressHeader]) }))).toBeNull();
});
