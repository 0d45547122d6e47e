import findMyWay, { type HTTPMethod } from "find-my-way";
import { nameTemplate } from "#lib/http/endpoint-names";
import { singleApi } from "#lib/http/families";
import { nowhere } from "#lib/http/not-allowed";
import { pathOf } from "#lib/http/pipeline";
import { unversioned } from "#lib/http/versions";
import { type Handler, type Method, methods, type Route } from "#server/routes";

/** Answers an API request, also one that leads nowhere. */
export type Dispatch = (request: Request) => Promise<Response>;

const apiPath = /^\/((api|chat|v1|ws)(?=$|[/?])|(health|readiness|metrics|mcp)\/?(?=$|\?))/;

/** Whether a URL (path with query) belongs to the API, matched or not; everything else is a page. */
export function isApiPath(url: string): boolean {
  return apiPath.test(url);
}

/** The path that routes know: without the doubled `/api` of clients that join naively, a version, a trailing slash. */
export function routedPath(path: string): string {
  const single = unversioned(singleApi(path));
  return single.length > 1 && single.endsWith("/") ? single.slice(0, -1) : single;
}

function argumentsOf(names: string[], params: Record<string, string | undefined>): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  for (const name of names) found[name] = params[name] ?? "";
  const rest = params["*"];
  const restName = names.at(-1);
  if (rest !== undefined && restName) found[restName] = rest.split("/");
  return found;
}

/** Builds the router over the loaded routes. It decides as Next does: static parts before parameters. */
export function createDispatch(routes: Route[]): Dispatch {
  const router = findMyWay({ maxParamLength: 2_048, caseSensitive: true });
  const lost = nowhere();
  for (const { template, handlers } of routes) {
    const names = [...template.matchAll(/\{(?:\.\.\.)?(.+?)\}/g)].map(([, name = ""]) => name);
    const pattern = template.replace(/\{\.\.\..+?\}/, "*").replace(/\{(.+?)\}/g, ":$1");
    for (const method of methods) {
      const handler = handlers[method];
      if (!handler) continue;
      if (handler.spec) nameTemplate(handler.spec, template);
      const serving: HTTPMethod[] = method === "GET" ? ["GET", "HEAD"] : [method];
      router.on(serving, pattern, () => undefined, { handler, names });
    }
  }

  return (request) => {
    const path = pathOf(request.url);
    const method = request.method as Method;
    const match = router.find(method as HTTPMethod, routedPath(path));
    if (match) {
      const { handler, names } = match.store as { handler: Handler; names: string[] };
      return handler(request, names.length ? { params: Promise.resolve(argumentsOf(names, match.params)) } : undefined);
    }
    return (lost[method] ?? lost.GET)(request);
  };
}
