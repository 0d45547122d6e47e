import { expect, test } from "vitest";
import { seal, unseal } from "#lib/crypto/seal";

test("a sealed secret opens to what it was and never looks the same twice", () => {
  const secret = "whsec_äöü_0123456789";
  expect(unseal(seal(secret))).toBe(secret);
  expect(seal(secret).equals(seal(secret))).toBe(false);
});

test("a sealed secret with one changed bit does not open", () => {
  const sealed = seal("secret");
  sealed.writeUInt8(sealed.readUInt8(sealed.length - 1) ^ 1, sealed.length - 1);
  expect(() => unseal(sealed)).toThrow();
});
