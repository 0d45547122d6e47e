import type { EndpointSpec } from "#lib/http/endpoint";
import { singleton } from "#lib/singleton";

const templates = singleton("http.templates", () => new WeakMap<EndpointSpec, string>());

/** Notes under which path template an endpoint is served, for metrics. */
export function nameTemplate(spec: EndpointSpec, template: string): void {
  templates.set(spec, template);
}

/** The template of an endpoint, such as `/api/keys/{id}`; where only Next knows it, the family's name. */
export function templateOf(spec: EndpointSpec): string {
  return templates.get(spec) ?? spec.dialect.name;
}
