import type { EndpointSpec } from "#lib/http/endpoint";
import { singleton } from "#lib/singleton";

const templates = singleton("http.templates", () => new WeakMap<EndpointSpec, string>());

/** Notes under which path template an endpoint is served, for metrics. */
export function nameTemplate(spec: EndpointSpec, template: string): void {
  templates.set(spec, template);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The path with its parameters named again, from the right; nothing when one of them is not in it. */
function restore(path: string, params: Record<string, string | string[]>): string | undefined {
  const segments = path.replace(/\/$/, "").split("/").map(decoded);
  let end = segments.length;
  for (const [name, value] of Object.entries(params).reverse()) {
    const parts = [value].flat().map(decoded);
    end -= parts.length;
    while (end > 0 && !parts.every((part, index) => segments[end + index] === part)) end -= 1;
    if (end <= 0) return undefined;
    segments.splice(end, parts.length, Array.isArray(value) ? `{...${name}}` : `{${name}}`);
  }
  return segments.join("/");
}

/** The template of an endpoint, such as `/api/keys/{id}`; where only Next knows it, found again in the request's path. */
export function templateOf(spec: EndpointSpec, path: string, params: Record<string, string | string[]>): string {
  return templates.get(spec) ?? restore(path, params) ?? spec.dialect.name;
}
