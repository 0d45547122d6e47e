import { AppError, notFound } from "#lib/errors";
import { answerPreflight, refuse } from "#lib/http/pipeline";

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

/** All methods of a path that leads nowhere. */
export function nowhere(): Record<Method | "OPTIONS", Refusal> {
  const refusal: Refusal = (request) => refuse(request, notFound(`${request.method} ${new URL(request.url).pathname}`));
  return { GET: refusal, POST: refusal, PUT: refusal, PATCH: refusal, DELETE: refusal, OPTIONS: answerPreflight };
}
