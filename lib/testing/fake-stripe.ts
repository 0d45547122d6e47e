import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { randomText } from "#lib/id";
import { stripeVersion } from "#lib/stripe/client";

/** A form as Stripe reads it: `line_items[0][price_data][currency]=usd` becomes a tree of texts. */
export type Form = { [name: string]: string | Form };

export type StripeRequest = { method: string; path: string; idempotencyKey: string | undefined; form: Form };

/** How the next request to a path is answered instead of normally. */
export type StripeScript =
  | { path: string; status: number; error: Record<string, unknown> }
  | { path: string; cut: true }
  | { path: string; intent: Record<string, unknown> };

export type FakeStripe = {
  url: string;
  key: string;
  received: StripeRequest[];
  script(...scripts: StripeScript[]): void;
  close(): Promise<void>;
};

function formOf(text: string): Form {
  const root: Form = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.replaceAll("]", "").split("[");
    const last = path.pop() ?? "";
    let place = root;
    for (const part of path) {
      const next = place[part];
      const child: Form = typeof next === "object" ? next : {};
      place[part] = child;
      place = child;
    }
    place[last] = value;
  }
  return root;
}

type Answer = { status: number; body: Record<string, unknown> };
const refusal = (status: number, error: Record<string, unknown>): Answer => ({ status, body: { error } });
const badRequest = (message: string) => refusal(400, { type: "invalid_request_error", message });

function customer(form: Form): Answer {
  return { status: 200, body: { id: `cus_${randomText(14)}`, object: "customer", metadata: form.metadata } };
}

function checkoutSession(form: Form, url: string): Answer {
  const lines = form.line_items as Form | undefined;
  const price = (lines?.[0] as Form | undefined)?.price_data as Form | undefined;
  if (form.mode !== "payment" || !price || !/^\d+$/.test(String(price.unit_amount)))
    return badRequest("A payment needs line_items with a price.");
  const id = `cs_test_${randomText(58)}`;
  const body = { object: "checkout.session", status: "open", payment_status: "unpaid", payment_intent: null };
  const { customer, client_reference_id, metadata } = form;
  return { status: 200, body: { id, ...body, url: `${url}/c/pay/${id}`, customer, client_reference_id, metadata } };
}

function paymentIntent(form: Form): Answer {
  if (form.confirm !== "true" || form.off_session !== "true" || !form.payment_method || !form.customer)
    return badRequest("An off-session payment needs a customer, a payment method and confirm.");
  const { amount, currency, customer, payment_method, metadata } = form;
  const body = { object: "payment_intent", status: "succeeded", amount: Number(amount), currency, customer };
  return { status: 200, body: { id: `pi_${randomText(24)}`, ...body, payment_method, metadata } };
}

/** Stripe's API on a port of its own, as far as Baton uses it: real paths, forms, headers and idempotency. */
export async function startFakeStripe(): Promise<FakeStripe> {
  const key = `sk_test_${randomText(24)}`;
  const received: StripeRequest[] = [];
  const scripts: StripeScript[] = [];
  const remembered = new Map<string, { text: string; answer: Answer }>();
  const intents = new Map<string, Answer>();
  let url = "";

  function make(request: StripeRequest, script: StripeScript | undefined): Answer {
    const { method, path, form } = request;
    if (script && "error" in script) return refusal(script.status, script.error);
    const known = intents.get(path.split("/").at(-1) ?? "");
    if (method === "GET") return known ?? refusal(404, { type: "invalid_request_error", code: "resource_missing" });
    if (path === "/v1/customers") return customer(form);
    if (path === "/v1/checkout/sessions") return checkoutSession(form, url);
    if (path !== "/v1/payment_intents") return refusal(404, { type: "invalid_request_error" });
    const made = paymentIntent(form);
    if (script && "intent" in script) Object.assign(made.body, script.intent);
    intents.set(String(made.body.id), made);
    return made;
  }

  function answer(request: StripeRequest, text: string, headers: IncomingMessage["headers"]): Answer | undefined {
    if (headers.authorization !== `Bearer ${key}`)
      return refusal(401, { type: "invalid_request_error", message: "Invalid API Key provided" });
    if (headers["stripe-version"] !== stripeVersion) return badRequest("Another version of the API was asked for.");
    const isPost = request.method === "POST";
    if (isPost && headers["content-type"] !== "application/x-www-form-urlencoded") return badRequest("Not a form.");
    if (isPost && !request.idempotencyKey) return badRequest("Without an idempotency key a retry would charge twice.");
    const before = request.idempotencyKey ? remembered.get(request.idempotencyKey) : undefined;
    if (before && before.text !== text)
      return refusal(400, { type: "idempotency_error", message: "Keys can only be used with the same parameters." });
    const index = scripts.findIndex(({ path, ...script }) => path === request.path && (!before || "cut" in script));
    const [script] = index < 0 ? [] : scripts.splice(index, 1);
    const made = before?.answer ?? make(request, script);
    // Like Stripe, a request that was refused before it ran may be sent again; one that ran is remembered.
    if (isPost && request.idempotencyKey && made.status < 400)
      remembered.set(request.idempotencyKey, { text, answer: made });
    return script && "cut" in script ? undefined : made;
  }

  const server = createServer(async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    let text = "";
    for await (const part of incoming) text += part;
    const { method = "GET", url: path = "/", headers } = incoming;
    const idempotencyKey = headers["idempotency-key"];
    const request = { method, path, form: formOf(text), idempotencyKey: idempotencyKey?.toString() };
    received.push(request);
    const made = answer(request, text, headers);
    if (!made) return void outgoing.destroy();
    outgoing.writeHead(made.status, { "content-type": "application/json", "request-id": `req_${randomText(14)}` });
    outgoing.end(JSON.stringify(made.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    key,
    received,
    script: (...more) => void scripts.push(...more),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
