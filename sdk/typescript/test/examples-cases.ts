import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createOrganization } from "../../../lib/testing/factories.ts";
import { Baton } from "../src/client.ts";
import { operationIds } from "../src/generated.ts";
import { json, startFlakyServer } from "./flaky-server.ts";

type Request = { params?: Record<string, string>; query?: object; headers?: Record<string, string>; body?: unknown };
type Example = {
  item: string;
  document: string;
  operation: string;
  request?: Request;
  response?: { status: number; body: unknown };
};

const file = join(import.meta.dirname, "../../../examples/api.json");
const examples: Example[] = JSON.parse(readFileSync(file, "utf8"));
const named = examples.map((example, index) => ({
  ...example,
  name: `${example.item} ${example.operation} #${index}`,
}));

const isBodyless = ({ operation }: Example) => /^(GET|DELETE) /.test(operation);
/** Sent as a request: what the documents print as one, and calls that take nothing. */
const requests = named.filter(
  (example) => example.request || (isBodyless(example) && !example.operation.includes("{")),
);

// Not to be sent by a plain call as they are printed, and why.
const special: Record<string, string> = {
  "GET /chat/ws/{client_id}/{session_id}": "A socket: streamChat() opens it (orchestra-cases.ts).",
  "POST /api/stripe/webhook": "Its signature is a placeholder, and only Stripe can make one.",
  "PUT /api/security/ip-whitelist": "It would lock its own caller out, which is to be confirmed (A29).",
};

export function exampleCases(host: { url: string }): void {
  describe("the documented examples", () => {
    const clientOf = async (more: object = {}) => {
      const { apiKey } = await createOrganization();
      return new Baton({ apiKey, baseUrl: host.url, retriesMax: 0, ...more });
    };

    /** The file that an upload is of; the documents print its fields only. */
    function uploadBody(): FormData {
      const form = new FormData();
      form.set("file", new Blob(["PK"]), "agent.apkg");
      form.set("version", "1.0.0");
      return form;
    }

    async function statusOf(baton: Baton, { operation, request = {} }: Example): Promise<number> {
      const isUpload = /\/packages(\/deploy)?$/.test(operation) && operation.startsWith("POST");
      const options = isUpload ? { ...request, body: uploadBody() } : request;
      try {
        const response = await baton.raw(operation, options);
        await response.body?.cancel();
        return response.status;
      } catch (error) {
        return (error as { status: number }).status;
      }
    }

    describe("documented requests are understood by the running app", () => {
      const plain = requests.filter(({ operation }) => !(operation in special));
      test.each(plain)("$name", async (example) => {
        const status = await statusOf(await clientOf(), example);
        expect(status).toBeGreaterThanOrEqual(200);
        expect([400, 415, 422]).not.toContain(status);
      });

      test("A29 C30 O2 those that no plain call can send are these, and the app says why", async () => {
        const left = requests.filter(({ operation }) => operation in special).map(({ operation }) => operation);
        expect(new Set(left)).toEqual(new Set(Object.keys(special)));
        const baton = await clientOf();
        const [whitelist] = requests.filter(({ item }) => item === "A29");
        const body = whitelist?.request?.body as object;
        const lockout = baton.request("PUT /api/security/ip-whitelist" as string, { body });
        await expect(lockout).rejects.toMatchObject({
          status: 400,
          message: expect.stringContaining("confirm_lockout"),
        });
        const confirmed = baton.request("PUT /api/security/ip-whitelist" as string, {
          body: { ...body, confirm_lockout: true },
        });
        expect(await confirmed).toMatchObject({ success: true, enforce: true });
        await expect(baton.request("GET /api/agents")).rejects.toMatchObject({
          status: 403,
          message: "IP not whitelisted",
        });
        const [hook] = requests.filter(({ item }) => item === "C30");
        const refused = baton.request("POST /api/stripe/webhook" as string, hook?.request);
        await expect(refused).rejects.toMatchObject({ status: expect.toBeOneOf([400, 503]) });
        const [socket] = requests.filter(({ item }) => item === "O2");
        const upgrade = (await clientOf()).request("GET /chat/ws/{client_id}/{session_id}" as string, socket?.request);
        await expect(upgrade).rejects.toMatchObject({ status: 426 });
      });
    });

    describe("documented responses come out parsed", () => {
      const answered = named.flatMap(({ response, ...example }) => (response ? [{ ...example, response }] : []));
      test.each(answered)("$name", async ({ operation, request = {}, response }) => {
        await using server = await startFlakyServer(json(response.status, response.body));
        const baton = new Baton({ baseUrl: server.url, retriesMax: 0 });
        const names = [...operation.matchAll(/\{(.+?)\}/g)].map(([, name]) => [name, "1"]);
        const call = baton.request(operation, {
          ...request,
          params: { ...Object.fromEntries(names), ...request.params },
        });
        if (response.status < 400) expect(await call).toEqual(response.body);
        else {
          const error = await call.then(
            () => undefined,
            (thrown: unknown) => thrown,
          );
          expect(error).toMatchObject({ name: "BatonError", status: response.status, body: response.body });
          expect(JSON.stringify(response.body)).toContain(JSON.stringify((error as Error).message));
        }
        expect(server.received[0]?.method).toBe(operation.split(" ")[0]);
      });
    });

    test("P1 C1 X1 O1 A1 every documented operation is one the client knows, of all five documents", () => {
      const known = new Set<string>(Object.values(operationIds));
      expect(examples.map(({ operation }) => operation).filter((operation) => !known.has(operation))).toEqual([]);
      expect(new Set(examples.map(({ document }) => document)).size).toBe(5);
    });
  });
}
