import { expect, test } from "vitest";
import { compileRanges, normalAddress, parseRange } from "#lib/security/addresses";

test.each([
  ["203.0.113.7", "203.0.113.7", true],
  ["203.0.113.7", "203.0.113.8", false],
  ["203.0.113.0/24", "203.0.113.255", true],
  ["203.0.113.99/24", "203.0.113.1", true],
  ["203.0.113.0/24", "203.0.114.0", false],
  ["0.0.0.0/0", "198.51.100.1", true],
  ["0.0.0.0/0", "2001:db8::1", false],
  ["2001:db8::/32", "2001:db8:1::1", true],
  ["2001:db8::/32", "2001:db9::1", false],
  ["::/0", "2001:db8::1", true],
  ["::1", "::1", true],
  ["::ffff:203.0.113.7", "203.0.113.7", true],
  ["::ffff:203.0.113.0/120", "203.0.113.200", true],
  ["::ffff:203.0.113.0/120", "203.0.114.1", false],
  ["::FFFF:CB00:7107", "203.0.113.7", true],
])("A29 %s has %s: %s", (range, address, has) => {
  expect(compileRanges([range]).has(address)).toBe(has);
});

test.each([
  "",
  "x",
  "203.0.113",
  "203.0.113.256",
  "203.0.113.7/33",
  "203.0.113.7/-1",
  "203.0.113.7/",
  "203.0.113.7/24/24",
  "203.0.113.7/2x",
  "0x7f.1",
  "127.1",
  "010.0.0.1",
  "2130706433",
  "2001:db8::/129",
  "fe80::1%eth0",
  "[::1]",
  "203.0.113.7:80",
  "example.com",
  "*",
])("A29 %j is no address", (text) => {
  expect(parseRange(text)).toBeUndefined();
});

test("A31 an address has one spelling; a range is no address", () => {
  expect(normalAddress("2001:DB8:0:0::1")).toBe("2001:db8::1");
  expect(normalAddress("::ffff:203.0.113.7")).toBe("203.0.113.7");
  expect(normalAddress("203.0.113.0/24")).toBeUndefined();
});
