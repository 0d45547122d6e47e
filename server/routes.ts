import { glob } from "node:fs/promises";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Endpoint, RouteArguments } from "#lib/http/endpoint";

export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
export type Method = (typeof methods)[number];
export type Handler = ((request: Request, route?: RouteArguments) => Promise<Response>) &
  Partial<Pick<Endpoint, "spec" | "shown">>;
export type Route = { file: string; template: string; handlers: Partial<Record<Method, Handler>> };

/** The path template of a route file: `app/api/keys/[id]/route.ts` serves `/api/keys/{id}`; `[...rest]` the whole rest. */
export function templateOf(file: string): string {
  const parts = file.split(sep).slice(1, -1);
  const named = parts
    .filter((part) => !/^\(.*\)$/.test(part))
    .map((part) => part.replace(/^\[\.\.\.(.+)\]$/, "{...$1}").replace(/^\[(.+)\]$/, "{$1}"));
  return `/${named.join("/")}`;
}

/** Where a route file is, and what it serves. */
export type RouteFile = Pick<Route, "file" | "template">;

/** Every route.ts under `app` below `root`, not loaded: the same files that Next serves. */
export async function findRoutes(root: string): Promise<RouteFile[]> {
  const files = await Array.fromAsync(glob("app/**/route.ts", { cwd: root }));
  return files.sort().map((file) => ({ file, template: templateOf(file) }));
}

/** Loads one of them with its handlers. */
export async function loadRoute(root: string, { file, template }: RouteFile): Promise<Route> {
  const exported = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>;
  const handlers: Route["handlers"] = {};
  for (const method of methods) {
    const handler = exported[method];
    if (typeof handler === "function") handlers[method] = handler as Handler;
  }
  return { file, template, handlers };
}

/** Loads every route. */
export async function loadRoutes(root: string): Promise<Route[]> {
  const routes: Route[] = [];
  for (const found of await findRoutes(root)) routes.push(await loadRoute(root, found));
  return routes;
}
