import type { EndpointSpec } from "#lib/http/endpoint";

const text = { type: "string" } as const;
const count = { type: "integer", format: "int64" } as const;
const always = true;

/** Every header that answers of the API may carry, with its meaning; `required` ones are in every answer that lists them. */
const declared = {
  "X-Request-Id": {
    schema: text,
    required: always,
    description: "Names this request. Quote it when you report a problem.",
  },
  "X-RateLimit-Limit": { schema: count, required: always, description: "Calls that the window allows." },
  "X-RateLimit-Remaining": { schema: count, required: always, description: "Calls left in this window." },
  "X-RateLimit-Reset": { schema: count, required: always, description: "Unix seconds at which the window ends." },
  "Retry-After": { schema: count, description: "Seconds to wait before the next try." },
  "Idempotency-Replayed": {
    schema: { type: "string", const: "true" },
    description: "This is the stored answer of an earlier call with the same Idempotency-Key.",
  },
  Deprecation: {
    schema: { type: "string", const: "true" },
    required: always,
    description: "This address is deprecated.",
  },
  Sunset: { schema: text, required: always, description: "The announced end of its support, as an HTTP date." },
  Link: {
    schema: text,
    required: always,
    description: 'The address that succeeds it, with `rel="successor-version"`.',
  },
  Location: { schema: text, required: always, description: "Where the file is. The link ends after five minutes." },
  Upgrade: { schema: text, required: always, description: "The protocol that this address speaks: `websocket`." },
  ETag: { schema: text, required: always, description: "Names this version of the document, for If-None-Match." },
  "Content-Disposition": { schema: text, required: always, description: "The name to save the file under." },
  "X-Baton-Model": { schema: text, description: "The model that answered." },
  "X-Baton-Cache": { schema: { type: "string", const: "hit" }, description: "The answer came from memory." },
} as const;

export type HeaderName = keyof typeof declared;

const idOf = (name: string) => name.replaceAll("-", "");
const reference = (name: string) => `#/components/headers/${idOf(name)}`;

const everywhere: readonly HeaderName[] = [
  "X-Request-Id",
  "X-RateLimit-Limit",
  "X-RateLimit-Remaining",
  "X-RateLimit-Reset",
];
const deprecation: readonly HeaderName[] = ["Deprecation", "Sunset", "Link"];
const waits = new Set([429, 503]);

/** The headers of an answer: those of every answer, those of its status, and those that the declaration names. */
export function headersOf(spec: Pick<EndpointSpec, "deprecated">, status: number, more: readonly HeaderName[] = []) {
  const names: readonly HeaderName[] = [
    // The handshake itself is answered by the socket's server.
    ...(status === 101 ? [] : everywhere),
    ...(spec.deprecated ? deprecation : []),
    ...(waits.has(status) ? (["Retry-After"] as const) : []),
    ...more,
  ];
  return Object.fromEntries(names.map((name) => [name, { $ref: reference(name) }]));
}

/** The headers that a document refers to, as its components. */
export function headerComponents(document: object) {
  const written = JSON.stringify(document);
  const used = Object.entries(declared).filter(([name]) => written.includes(`"${reference(name)}"`));
  return Object.fromEntries(used.map(([name, header]) => [idOf(name), header]));
}
