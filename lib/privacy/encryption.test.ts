import { expect, test } from "vitest";
import { decryptText, encryptText, isEncrypted, newDataKey, openDataKey } from "#lib/privacy/encryption";

test("prose features: a text encrypted at rest is not readable and comes back as it was, by either key", () => {
  const { key, sealed } = newDataKey();
  for (const text of ["", "secret result", "ä€😀".repeat(1_000)]) {
    for (const used of [undefined, key]) {
      const stored = encryptText(text, used);
      expect(isEncrypted(stored)).toBe(true);
      if (text) expect(stored).not.toContain(text.slice(0, 6));
      expect(decryptText(stored, used && openDataKey(sealed))).toBe(text);
      expect(encryptText(text, used)).not.toBe(stored);
    }
  }
  expect(decryptText("plain, from before")).toBe("plain, from before");
});

test("prose features: a text that was altered, or whose key is gone or another, is refused", () => {
  const { key } = newDataKey();
  const stored = encryptText("secret", key);
  expect(() => decryptText(stored)).toThrow("key of its own");
  expect(() => decryptText(stored, newDataKey().key)).toThrow();
  const bytes = Buffer.from(stored.slice(12), "base64");
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(() => decryptText(stored.slice(0, 12) + bytes.toString("base64"), key)).toThrow();
});
