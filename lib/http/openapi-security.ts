import type { EndpointSpec } from "#lib/http/endpoint";

/** The ways to open an endpoint, as the document names them. */
export const securitySchemes = {
  bearer: {
    type: "http",
    scheme: "bearer",
    description: "An API key, or the access token of a login. A key without scopes of its own has all of them.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "sb-auth-token",
    description:
      "The login cookie of the dashboard; its name carries the project: `sb-<project>-auth-token`. Writes must come from the same site.",
  },
  headerKey: {
    type: "apiKey",
    in: "header",
    name: "X-API-Key",
    description: "The same API key: on version 3's addresses, and as Anthropic's clients send it.",
  },
  cronSecret: { type: "apiKey", in: "header", name: "x-cron-secret", description: "The instance's CRON_SECRET." },
  cronBearer: { type: "http", scheme: "bearer", description: "The instance's CRON_SECRET, as Vercel sends it." },
  stripeSignature: {
    type: "apiKey",
    in: "header",
    name: "Stripe-Signature",
    description: "Stripe's signature of the exact body.",
  },
} as const;

type Requirement = Partial<Record<keyof typeof securitySchemes, string[]>>;

const own: Partial<Record<NonNullable<EndpointSpec["openedBy"]>, Requirement[]>> = {
  cron: [{ cronSecret: [] }, { cronBearer: [] }],
  stripe: [{ stripeSignature: [] }],
  // A browser's socket cannot set headers: credentials may also come in the query or in the first message.
  handshake: [{ bearer: [] }, { session: [] }, {}],
};

/** The alternatives that open an endpoint. `{}` beside the others says that credentials may be left out. */
export function securityOf(spec: EndpointSpec, template: string): Requirement[] {
  const declared = spec.openedBy && own[spec.openedBy];
  if (declared) return declared;
  const scopes = [...spec.scopes];
  const either: Requirement[] = [{ bearer: scopes }, { session: scopes }];
  if (spec.deprecated || template.startsWith("/v1/messages")) either.push({ headerKey: scopes });
  if (spec.auth.length > 0) return either;
  return spec.knowsCallers ? [...either, {}] : [];
}
