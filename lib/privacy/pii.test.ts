import fc from "fast-check";
import { expect, test } from "vitest";
import { detectPii, findPii, maskPii, maskPiiIn, passesLuhn } from "#lib/privacy/pii";

test.each([
  ["ann@example.com", "[email]"],
  ["Write to Ann.Lee+x@mail.example.co.uk, please", "Write to [email], please"],
  ["<ann@example.com>;bob@example.org", "<[email]>;[email]"],
  ["Card 4111 1111 1111 1111.", "Card [card]."],
  ["4111-1111-1111-1111", "[card]"],
  ["378282246310005 and 5555555555554444", "[card] and [card]"],
  ["4111 1111 1111 1111 5555-5555-5555-4444 12", "[card] [card] 12"],
  ["3782 822463 10005", "[card]"],
  ["SSN 078-05-1120", "SSN [ssn]"],
  ["078 05 1120", "[ssn]"],
  ["from 203.0.113.7, port 80", "from [ip], port 80"],
  ["http://203.0.113.7/x", "http://[ip]/x"],
  ["at 2001:db8::1 today", "at [ip] today"],
  ["::ffff:203.0.113.7", "[ip]"],
  ["Call +49 30 123456 now", "Call [phone] now"],
  ["+14155552671", "[phone]"],
  ["(415) 555-2671", "[phone]"],
  ["415-555-2671", "[phone]"],
  ["415.555.2671", "[phone]"],
])("prose features: %j is masked", (text, masked) => {
  expect(maskPii(text)).toBe(masked);
});

test.each([
  "4111 1111 1111 1112",
  "Order 1234567890123456",
  "000-12-3456 666-12-3456 900-12-3456 123-00-4567",
  "version 1.2.3, 1.2.3.4.5 and 999.1.1.1",
  "2026-02-19T10:00:00Z and 19.02.2026 at 10:30",
  "the years 1999-2026, 12345678 things, id 20260219100000",
  "subagent_1772359200_4711",
  "std::vector and a::b, 12:30:45, ab:cd",
  "name@localhost, a@b, @handle",
  "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
  "$1,234,567.89",
  "",
])("prose features: %j holds nothing personal", (text) => {
  expect(findPii(text)).toEqual([]);
  expect(maskPii(text)).toBe(text);
});

test("prose features: card numbers are told by their check digit", () => {
  for (const number of ["4111111111111111", "5555555555554444", "378282246310005", "6011111111111117"]) {
    expect(passesLuhn(number)).toBe(true);
    for (let digit = 0; digit < 10; digit++) {
      const changed = number.slice(0, -1) + digit;
      expect(passesLuhn(changed), changed).toBe(changed === number);
    }
  }
});

test("prose features: the kinds in a text, each once", () => {
  expect(detectPii("a@b.de 203.0.113.7 c@d.de, 4111111111111111, 078-05-1120, +14155552671")).toEqual([
    "email",
    "phone",
    "card",
    "ssn",
    "ip",
  ]);
});

test("prose features: masking goes into lists and objects and leaves names and numbers", () => {
  expect(maskPiiIn({ to: "a@b.de", list: ["203.0.113.7", 5, null], "a@b.de": true })).toEqual({
    to: "[email]",
    list: ["[ip]", 5, null],
    "a@b.de": true,
  });
});

test("prose features: findings are in order, do not overlap, and what is masked stays masked", () => {
  const parts = fc.constantFrom("a@b.de", "203.0.113.7", "4111 1111 1111 1111", "078-05-1120", "::1", "+49 30 1234567");
  const noise = fc.string({ unit: "binary", maxLength: 12 });
  fc.assert(
    fc.property(fc.array(fc.oneof(parts, noise), { maxLength: 20 }), (texts) => {
      const text = texts.join(" ");
      const found = findPii(text);
      for (const [index, { start, end }] of found.entries()) {
        expect(end).toBeGreaterThan(start);
        expect(start).toBeGreaterThanOrEqual(found[index - 1]?.end ?? 0);
      }
      expect(findPii(maskPii(text)).filter(({ kind }) => kind !== "phone")).toEqual([]);
    }),
  );
});

test("prose features: hostile texts take time in proportion to their length", () => {
  const hostile = [
    "a".repeat(64),
    "a.",
    "1 ",
    "1-",
    "a@",
    "a@a.",
    "@a.a.a.a.a.a.a.",
    ":",
    "1:",
    "::1",
    "1.1.1.",
    "+1 (",
    "((((1",
    "4111 ",
    "078-05-",
    "a-",
  ];
  for (const piece of hostile) {
    const text = piece.repeat(Math.ceil(250_000 / piece.length));
    const began = performance.now();
    findPii(text);
    // 250,000 characters take some ten milliseconds; anything quadratic would take minutes.
    expect(performance.now() - began, JSON.stringify(piece)).toBeLessThan(3_000);
  }
});
