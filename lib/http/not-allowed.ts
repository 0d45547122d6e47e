import { AppError, notFound } from "#lib/errors";
import { singleApi } from "#lib/http/families";
import { answerPreflight, pathOf, refuse } from "#lib/http/pipeline";
import { removedSuccessor } from "#lib/http/versions";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof methods)[number];
type Refusal = (request: Request) => Promise<Response>;

/**
 * The rest of a route's methods, so that both hosts answer alike: OPTIONS for browsers, and 405 in the family's frame
 * with `Allow` for everything that is not `declared`.
 */
export function notAllowed(...declared: Method[]): Record<Method | "OPTIONS", Refusal> {
  const allow = [...declared, ...(declared.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
  const refusal: Refusal = (request) => {
    const error = new AppError("method_not_allowed", `${request.method} is not allowed here. Allowed: ${allow}.`);
    return refuse(request, error, { allow });
  };
  return { GET: refusal, POST: refusal, PUT: refusal, PATCH: refusal, DELETE: refusal, OPTIONS: answerPreflight };
}

/** All methods of a path that leads nowhere, or to a version that was removed (contract L8). */
export function nowhere(): Record<Method | "OPTIONS", Refusal> {
  const refusal: Refusal = (request) => {
    const path = singleApi(pathOf(request.url));
    const successor = removedSuccessor(path);
    if (successor === undefined) return refuse(request, notFound(`${request.method} ${new URL(request.url).pathname}`));
    const gone = new AppError("gone", `API version 2 was removed. Use ${successor}.`);
    return refuse(request, gone, { link: `<${successor}>; rel="successor-version"` });
  };
  return { GET: refusal, POST: refusal, PUT: refusal, PATCH: refusal, DELETE: refusal, OPTIONS: answerPreflight };
}
