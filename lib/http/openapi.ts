import { createDocument, createSchema, type ZodOpenApiOverride, type ZodOpenApiPathsObject } from "zod-openapi";
import type { Examples } from "#lib/http/openapi-examples";
import { headerComponents } from "#lib/http/openapi-headers";
import { pathOfTemplate, placeOf } from "#lib/http/openapi-names";
import { operationOf } from "#lib/http/openapi-operation";
import { securitySchemes } from "#lib/http/openapi-security";
import type { DeclaredOperation } from "#lib/http/openapi-spec";
import { tagOf, tagsOf } from "#lib/http/openapi-tags";
import { tidyDocument } from "#lib/http/openapi-tidy";
import { webhooks } from "#lib/http/openapi-webhooks";
import { itemsOf } from "#lib/item-schemas";

const description = `A self-hostable agent cloud: organizations, keys, credits, agents and many AI models behind one API.

**Families.** Addresses belong to families that each keep their own frame for successes and errors; every operation shows its own.

**Versions.** The operations of agents, teams, pricing, budget, security, privacy and events are shown below \`/api\`. The same
addresses exist below \`/api/v4\` (stable) and \`/api/v1\` (an alias of it), and below \`/api/v3\`, which is deprecated: there
answers carry the headers \`Deprecation\`, \`Sunset\` and \`Link\`, JSON objects carry \`metadata\`, and the key may come as
\`X-API-Key\`. \`/api/v2\` was removed and answers 410 with a \`Link\` to its successor.

**Addresses.** A slash at the end of a path makes no difference. Every address answers \`OPTIONS\`, and 405 with \`Allow\` for
methods that it does not take. Fields of a body that nobody declared are left aside.

**Limits.** Every answer tells in \`X-RateLimit-*\` what is left of the window; 429 tells in \`Retry-After\` when to try again.

**Retries.** Operations with the parameter \`Idempotency-Key\` can be sent again safely for 24 hours.`;

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Shows the items of lists that are read item by item. */
const showItems: ZodOpenApiOverride = ({ jsonSchema, zodSchema, io }) => {
  const listed = itemsOf(zodSchema);
  if (!listed) return;
  const { schema: items } = createSchema(listed.item, { io });
  const list = { type: "array", minItems: listed.min, maxItems: listed.max, items };
  Object.assign(jsonSchema, listed.isTextToo ? { anyOf: [list, { type: "string" }] } : list);
};

/** The OpenAPI 3.1 document of all operations, from their declarations and the documented examples, by path. */
export function buildDocument(operations: DeclaredOperation[], version: string, examples: Examples = []): object {
  const byOperation = Map.groupBy(examples, ({ operation }) => operation);
  const paths: ZodOpenApiPathsObject = {};
  const used = new Set<string>();
  for (const one of operations.toSorted((a, b) => byText(a.template, b.template))) {
    const own = byOperation.get(`${one.method} ${pathOfTemplate(one.template)}`) ?? [];
    const { server, path } = placeOf(one.template);
    const operation = { ...operationOf(one, own), ...(server && { servers: [{ url: server }] }) };
    paths[path] = { ...paths[path], [one.method.toLowerCase()]: operation };
    used.add(tagOf(one.template));
  }
  const { tags, groups } = tagsOf(used);
  const document = createDocument(
    {
      openapi: "3.1.1",
      info: {
        title: "Baton",
        version,
        summary: "One API for agents, models, credits and deployments.",
        description,
        license: { name: "The terms of this instance's operator", url: "/docs" },
        contact: { name: "The operator of this instance", url: "/docs" },
      },
      externalDocs: { description: "Guides", url: "/docs" },
      servers: [{ url: "/", description: "This instance" }],
      tags,
      "x-tagGroups": groups,
      paths,
      webhooks,
      components: { securitySchemes },
    },
    { override: showItems },
  );
  tidyDocument(document);
  return { ...document, components: { ...document.components, headers: headerComponents(document) } };
}
