import { expect, test } from "vitest";
import { readFields } from "#lib/http/fields";

const request = (type: string | null, body: BodyInit) =>
  new Request("http://localhost/", { method: "POST", body, headers: type === null ? {} : { "content-type": type } });
const form = "application/x-www-form-urlencoded";

test("README 5.7 the same fields are read from JSON, a urlencoded form and a multipart form", async () => {
  const multipart = new FormData();
  multipart.set("task", "Grüße & mehr");
  multipart.set("model", "opus");
  const expected = { task: "Grüße & mehr", model: "opus" };
  expect((await readFields(request("application/json", JSON.stringify(expected)))).value).toEqual(expected);
  expect((await readFields(request(`${form}; charset=utf-8`, new URLSearchParams(expected).toString()))).value).toEqual(
    expected,
  );
  expect((await readFields(new Request("http://localhost/", { method: "POST", body: multipart }))).value).toEqual(
    expected,
  );
  expect((await readFields(request(null, ""))).value).toEqual({});
});

test("a form's empty fields count as not sent, JSON's do not", async () => {
  expect((await readFields(request(form, "a=&b=1"))).value).toEqual({ b: "1" });
  expect((await readFields(request("application/json", '{"a":"","b":1}'))).value).toEqual({ a: "", b: 1 });
});

test("a large field of a multipart form arrives whole", async () => {
  const multipart = new FormData();
  multipart.set("quotes", "x".repeat(1_000_000));
  const { value } = await readFields(new Request("http://localhost/", { method: "POST", body: multipart }));
  expect((value as { quotes: string }).quotes).toHaveLength(1_000_000);
});

test.each([
  ["a field twice", form, "a=1&a=2", "malformed"],
  ["a key of prototypes", form, "__proto__=1", "malformed"],
  ["a NUL", form, "a=%00", "malformed"],
  ["too many fields", form, Array.from({ length: 101 }, (_, index) => `f${index}=1`).join("&"), "malformed"],
  ["bytes that are no text", form, new Uint8Array([0x61, 0x3d, 0xff]), "malformed"],
  ["more than 5 MB", form, `a=${"x".repeat(5 * 1024 * 1024)}`, "payload_too_large"],
  ["another type", "text/csv", "a,1", "unsupported_media_type"],
  ["a form without a boundary", "multipart/form-data", "a=1", "malformed"],
  ["a form that is cut off", "multipart/form-data; boundary=x", "--x\r\nContent-Disp", "malformed"],
  ["no form at all", "multipart/form-data; boundary=x", "a=1", "malformed"],
])("%s is refused", async (_, type, body, code) => {
  await expect(readFields(request(type, body))).rejects.toMatchObject({ code });
});
