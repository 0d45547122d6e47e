import type { Context } from "#lib/context";
import { AppError, type FieldIssue, invalid } from "#lib/errors";
import { admit, limit, limitSubject, type Passage } from "#lib/http/admission";
import { AnswerHeaders } from "#lib/http/answer-headers";
import { auditAnswer } from "#lib/http/audited";
import { readJson } from "#lib/http/body";
import { clientAddress } from "#lib/http/client-address";
import type { Dialect } from "#lib/http/dialect";
import { spoken } from "#lib/http/dialects/agency-versions";
import type { EndpointSpec } from "#lib/http/endpoint";
import { templateOf } from "#lib/http/endpoint-names";
import { toAppError } from "#lib/http/failure";
import { dialectOfPath, singleApi } from "#lib/http/families";
import { readFields } from "#lib/http/fields";
import { commonHeaders, deprecate, preflightHeaders } from "#lib/http/headers";
import { type Answer, idempotencyKeyOf, once } from "#lib/http/idempotency";
import { issuesOf } from "#lib/http/issues";
import { performUpload } from "#lib/http/upload";
import { successorOf } from "#lib/http/versions";
import { log } from "#lib/log";
import { countRequest } from "#lib/metrics";
import { countCall } from "#lib/usage/calls";

type Params = Record<string, string | string[]>;

function begin(request: Request, dialect?: Dialect): Passage {
  const path = singleApi(pathOf(request.url));
  const speaks = spoken(dialect ?? dialectOfPath(path), path);
  const meta = { requestId: speaks.newRequestId(), method: request.method, path, now: new Date() };
  const ip = clientAddress(request);
  const headers = new AnswerHeaders();
  const successor = successorOf(path);
  if (successor) deprecate(headers, successor);
  return { request, path, dialect: speaks, meta, ip, headers, allowance: undefined, caller: undefined };
}

/** The path of a URL without building a URL object: this runs for every request. */
export function pathOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const end = url.indexOf("?", start);
  return start === -1 ? "/" : url.slice(start, end === -1 ? undefined : end);
}

function contextOf({ caller, call, meta, ip, request }: Passage): Context {
  const userAgent = call ? call.userAgent : request.headers.get("user-agent");
  const visitor = { requestId: meta.requestId, ip, userAgent };
  // Open endpoints declare a handler that takes a Visitor, so nobody reads the two fields below there.
  return { ...visitor, organizationId: caller?.organizationId ?? "", actor: caller?.actor ?? { type: "system" } };
}

function parsePart<T>(schema: EndpointSpec["query"], value: T, fail: (issues: FieldIssue[]) => AppError): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw fail(issuesOf(parsed.error));
  return parsed.data;
}

/** A malformed id is answered like an unknown one; the schema's message says what was not found. */
const unknownAddress = (issues: FieldIssue[]) => new AppError("not_found", issues[0]?.message ?? "Not found");

function queryOf(url: string): Record<string, string> {
  const start = url.indexOf("?");
  return start === -1 ? {} : Object.fromEntries(new URLSearchParams(url.slice(start)));
}

async function work(passage: Passage, declared: EndpointSpec, params: Params): Promise<Response | Answer> {
  const { request, headers } = passage;
  const ctx = contextOf(passage);
  const key = declared.idempotent && passage.caller ? idempotencyKeyOf(request) : undefined;
  const read = declared.takesForms ? readFields : readJson;
  const sent = !declared.upload && (declared.body || key) ? await read(request) : { text: "", value: undefined };
  const spec = declared.choose?.({ path: passage.path, body: sent.value }) ?? declared;
  passage.dialect = spoken(spec.dialect, passage.path);
  passage.sentText = sent.text;
  if (spec.countedFor) {
    const subject = await spec.countedFor.subject({ ctx, params, body: sent.value });
    if (subject !== undefined) await limitSubject(passage, spec.countedFor.limit, subject);
  }

  const perform = async (within: Context, prepared?: unknown): Promise<Response | Answer> => {
    const result = await spec.handler({
      ctx: within,
      caller: spec.knowsCallers && passage.caller ? ctx : undefined,
      params: parsePart(spec.params, params, unknownAddress) as undefined,
      query: parsePart(spec.query, spec.query && queryOf(request.url), invalid) as undefined,
      body: (spec.upload ? prepared : parsePart(spec.body, sent.value, invalid)) as undefined,
      rawBody: sent.text,
      request,
      headers,
    });
    if (result instanceof Response) return result;
    const data = spec.response ? spec.response.parse(result) : result;
    const body = JSON.stringify(passage.dialect.success(data, passage.meta));
    return { status: spec.status ?? 200, headers: { "content-type": "application/json" }, body };
  };

  if (spec.upload) {
    return performUpload(spec.upload, request, ctx, params, {
      slot: key === undefined ? undefined : { method: request.method, path: passage.path, key },
      perform: async (within, prepared) => toAnswer(await perform(within, prepared)),
      render: (error) => failureOf(passage, error),
    });
  }
  if (key === undefined) return perform(ctx);
  const request_ = { method: request.method, path: passage.path, key, body: sent.text };
  return once(
    ctx,
    request_,
    async (within) => toAnswer(await perform(within)),
    (error) => failureOf(passage, error),
  );
}

/** What is stored under an Idempotency-Key is the whole text, also of an answer that is a stream otherwise. */
async function toAnswer(result: Response | Answer): Promise<Answer> {
  if (!(result instanceof Response)) return result;
  return { status: result.status, headers: Object.fromEntries(result.headers), body: await result.text() };
}

function failureOf(passage: Passage, thrown: unknown): Answer {
  const error = toAppError(thrown);
  if (error.code === "internal")
    log.error({ err: error.cause ?? error, requestId: passage.meta.requestId }, "request failed");
  const { status, body } = passage.dialect.error(error, passage.meta);
  const headers: Record<string, string> = {
    "content-type": "application/json",
    ...passage.dialect.errorHeaders?.(error),
  };
  if (error.retryAfterSeconds !== undefined) headers["retry-after"] = String(error.retryAfterSeconds);
  return { status, headers, body: JSON.stringify(body) };
}

/** Makes the Response with all its headers at once: touching them afterwards costs as much as the rest of the way. */
function respond({ headers, meta, allowance }: Passage, answer: Response | Answer): Response {
  if (answer instanceof Response) {
    commonHeaders(headers, meta.requestId, allowance);
    headers.addTo(answer.headers);
    return answer;
  }
  Object.assign(headers.values, answer.headers);
  commonHeaders(headers, meta.requestId, allowance);
  return new Response(answer.body, { status: answer.status, headers: headers.toInit() });
}

function finish(passage: Passage, answer: Response | Answer, template: string): Response {
  const response = respond(passage, answer);
  const ms = Date.now() - passage.meta.now.getTime();
  countRequest(passage.request.method, template, response.status, ms / 1_000);
  if (passage.caller && response.status !== 429) countCall(passage.caller);
  auditAnswer(passage, answer, response.status);
  log.info(
    {
      requestId: passage.meta.requestId,
      method: passage.request.method,
      // The path of a signed link opens what it leads to.
      path: template.endsWith("{token}") ? template : passage.path,
      status: response.status,
      ms,
    },
    "request",
  );
  return response;
}

/** Takes a request through everything `endpoint()` promises. Never rejects. */
export async function handle(spec: EndpointSpec, request: Request, params?: Promise<Params>): Promise<Response> {
  const passage = begin(request, spec.dialect);
  let answer: Response | Answer;
  let given: Params = {};
  try {
    if (spec.deprecated) {
      deprecate(passage.headers, typeof spec.deprecated === "string" ? spec.deprecated : spec.deprecated(request));
    }
    given = (await params) ?? {};
    await admit(passage, spec);
    answer = await work(passage, spec, given);
  } catch (error) {
    answer = failureOf(passage, error);
  }
  return finish(passage, answer, templateOf(spec, passage.path, given));
}

/** Answers a browser that asks before it sends a cross-site request. Costs nothing of the limit. */
export async function answerPreflight(request: Request): Promise<Response> {
  const passage = begin(request);
  await limit(passage, "none");
  commonHeaders(passage.headers, passage.meta.requestId, passage.allowance);
  return new Response(null, { status: 204, headers: { ...passage.headers.values, ...preflightHeaders } });
}

/** Answers a request that no endpoint takes, in the dialect of its path. */
export async function refuse(request: Request, error: AppError, extra: Record<string, string> = {}): Promise<Response> {
  const passage = begin(request);
  const failed = await limit(passage, "default").then(
    () => error,
    (refused: unknown) => refused,
  );
  const answer = failureOf(passage, failed);
  if (failed === error) Object.assign(passage.headers.values, extra);
  return finish(passage, answer, "unmatched");
}
