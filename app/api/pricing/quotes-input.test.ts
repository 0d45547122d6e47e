import { beforeAll, describe, expect, test } from "vitest";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { urlencoded } from "#lib/testing/pricing";

const k2p5 = { model: "k2p5", estimated_input: 1_200, estimated_output: 800, complexity: "medium" };
let organization: Awaited<ReturnType<typeof createOrganization>>;
beforeAll(async () => {
  organization = await createOrganization();
});

describe("A10 A11 A12 bad input is 400 in the short form with the exact message", () => {
  const models = "Invalid model. Must be one of: k2p5, sonnet, opus, minimax-m2.5";
  const whole = "estimated_input must be a non-negative integer";
  const cases: [string, object, string][] = [
    ["no model", { ...k2p5, model: undefined }, models],
    ["a model that is never quoted", { ...k2p5, model: "codex" }, models],
    ["negative tokens", { ...k2p5, estimated_input: -1 }, whole],
    ["a fraction of a token", { ...k2p5, estimated_input: 1.5 }, whole],
    ["a word", { ...k2p5, estimated_input: "many" }, whole],
    ["NaN as text", { ...k2p5, estimated_input: "NaN" }, whole],
    ["hexadecimal", { ...k2p5, estimated_input: "0x10" }, whole],
    ["null", { ...k2p5, estimated_input: null }, whole],
    ["nothing", { ...k2p5, estimated_input: undefined }, whole],
    ["an exponent in a form", { ...k2p5, estimated_input: "1e3" }, whole],
    ["a negative output", { ...k2p5, estimated_output: -5 }, "estimated_output must be a non-negative integer"],
    ["too many tokens", { ...k2p5, estimated_input: 100_000_001 }, "estimated_input must be at most 100000000"],
    [
      "a huge text of digits",
      { ...k2p5, estimated_output: "9".repeat(40) },
      "estimated_output must be a non-negative integer",
    ],
    ["unknown complexity", { ...k2p5, complexity: "hard" }, "Invalid complexity. Must be one of: low, medium, high"],
    [
      "unknown delivery type",
      { ...k2p5, delivery_type: "gift" },
      "Invalid delivery_type. Must be one of: task, subscription, enterprise",
    ],
  ];
  test.each(cases)("%s", async (_, body, error) => {
    const { apiKey } = organization;
    for (const path of ["quote", "batch-quotes", "decision"]) {
      const answer = await send(`POST /api/pricing/${path}`, { apiKey, body });
      expect(answer, path).toMatchObject({ status: 400, body: { success: false, error } });
    }
  });

  test("an unknown segment", async () => {
    const error = "Invalid segment. Must be one of: enterprise, mid_market, smb, startup";
    const body = { ...k2p5, segment: "government" };
    for (const path of ["quote", "decision"]) {
      const answer = await send(`POST /api/pricing/${path}`, { apiKey: organization.apiKey, body });
      expect(answer).toMatchObject({ status: 400, body: { success: false, error } });
    }
  });

  test("a body that is no object, a field twice, a file, a form that is cut off, another type", async () => {
    const { apiKey } = organization;
    const line = "POST /api/pricing/quote";
    const file = new FormData();
    file.set("model", new Blob(["k2p5"]), "model.txt");
    const cut = { "content-type": "multipart/form-data; boundary=x" };
    const answers = [
      await send(line, { apiKey, body: [k2p5] }),
      await send(line, { apiKey, headers: urlencoded, body: "model=k2p5&model=opus" }),
      await send(line, { apiKey, body: file }),
      await send(line, { apiKey, headers: cut, body: '--x\r\nContent-Disposition: form-data; name="model"\r\n\r\nk2' }),
      await send(line, { apiKey, headers: { "content-type": "multipart/form-data" }, body: "model=k2p5" }),
      await send(line, { apiKey, headers: urlencoded, body: "model=%00" }),
    ];
    expect(answers.map(({ status, body }) => [status, body.error])).toEqual([
      [400, "Send the fields as a form or as a JSON object"],
      [400, "The form has the field model twice."],
      [400, "Send model as a field, not as a file."],
      [400, "The form is cut off or is no valid multipart/form-data."],
      [400, "The form's Content-Type names no boundary."],
      [400, "The form holds a NUL character, which cannot be stored."],
    ]);
    const other = await send(line, { apiKey, headers: { "content-type": "text/csv" }, body: "model,k2p5" });
    expect(other).toMatchObject({ status: 415, body: { error: { code: 415 } } });
  });
});
