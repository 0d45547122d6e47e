import { beforeEach, expect, test } from "vitest";
import { call } from "#lib/testing/call";
import { createOrganization } from "#lib/testing/factories";
import { configureProviders } from "#lib/testing/provider-environment";
import { GET as retrieve } from "./[...model]/route.ts";
import { GET } from "./route.ts";

beforeEach(() => configureProviders());

test("lists the models in OpenAI's form, the simulated ones marked", async () => {
  configureProviders({ OPENAI_API_KEY: "sk-openai-test" });
  const { apiKey } = await createOrganization({ scopes: ["agents:read"] });

  const { status, body } = await call(GET, { apiKey, path: "/v1/models" });

  expect(status).toBe(200);
  expect(body.object).toBe("list");
  const created = expect.any(Number);
  expect(body.data).toContainEqual({ id: "gpt4", object: "model", created, owned_by: "openai" });
  expect(body.data).toContainEqual({ id: "opus", object: "model", created, owned_by: "anthropic", simulated: true });
});

test("retrieves one model, by alias and with a slash in its name; an unknown one is 404", async () => {
  configureProviders({ OPENAI_API_KEY: "sk-openai-test" });
  const { apiKey } = await createOrganization();
  const get = (name: string) =>
    retrieve(
      new Request(`http://localhost:3000/v1/models/${name}`, { headers: { authorization: `Bearer ${apiKey}` } }),
      { params: Promise.resolve({ model: name.split("/") }) },
    ).then(async (response) => ({ status: response.status, body: await response.json() }));

  expect(await get("gpt-4")).toMatchObject({ status: 200, body: { id: "gpt4", owned_by: "openai" } });
  expect(await get("openai/gpt-4o-mini")).toMatchObject({ status: 200, body: { id: "openai/gpt-4o-mini" } });
  expect(await get("nobody/knows")).toMatchObject({
    status: 404,
    body: { error: { message: "Model 'nobody/knows' not found" } },
  });
});
