import { expect, test } from "vitest";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { nameTemplate, templateOf } from "#lib/http/endpoint-names";

const make = () =>
  endpoint({ summary: "Test", dialect: cloud, auth: [], scopes: [], rateLimit: "default", handler: () => ({}) }).spec;

test("O5: a host that knows the template says it", () => {
  const spec = make();
  nameTemplate(spec, "/api/keys/{id}");
  expect(templateOf(spec, "/anything/else", {})).toBe("/api/keys/{id}");
});

test("O5: elsewhere it is found again in the path, so that no raw id becomes a label", () => {
  const found: [string, Record<string, string | string[]>, string][] = [
    ["/chat/v2/chat", {}, "/chat/v2/chat"],
    ["/chat/v2/chat/", {}, "/chat/v2/chat"],
    ["/api/keys/k1", { id: "k1" }, "/api/keys/{id}"],
    ["/api/keys/keys", { id: "keys" }, "/api/keys/{id}"],
    ["/api/api-keys/k1/rotate", { id: "k1" }, "/api/api-keys/{id}/rotate"],
    ["/api/agent-apps/a/packages/a", { id: "a", packageId: "a" }, "/api/agent-apps/{id}/packages/{packageId}"],
    ["/v1/models/meta/llama%203", { model: ["meta", "llama 3"] }, "/v1/models/{...model}"],
    ["/api/keys/%zz", { id: "%zz" }, "/api/keys/{id}"],
    ["/api/keys/k1", { id: "k2" }, "cloud"],
  ];
  for (const [path, params, template] of found) expect(templateOf(make(), path, params), path).toBe(template);
});
