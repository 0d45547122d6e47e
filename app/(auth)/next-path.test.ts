import { expect, test } from "vitest";
import { nextPath, withNext } from "./next-path";

test("keeps a path of this site with its query and fragment", () => {
  expect(nextPath("/invitations/accept?token=a%20b#x")).toBe("/invitations/accept?token=a%20b#x");
});

test.each([
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "javascript:alert(1)",
  "dashboard",
  "",
  undefined,
  ["/a", "/b"],
])("sends %j to the dashboard", (value) => {
  expect(nextPath(value)).toBe("/dashboard");
});

test("leaves out what is the default anyway", () => {
  expect(withNext("/login", "/dashboard")).toBe("/login");
  expect(withNext("/login", "/a?b=c")).toBe("/login?next=%2Fa%3Fb%3Dc");
});
