import type { ZodType, z } from "zod";
import type { Context, Scope } from "#lib/context";
import type { ErrorCode } from "#lib/errors";
import type { AnswerHeaders } from "#lib/http/answer-headers";
import type { Dialect } from "#lib/http/dialect";
import type { LimitName } from "#lib/http/limits";
import type { Documented } from "#lib/http/openapi-spec";
import { handle } from "#lib/http/pipeline";
import type { UploadSpec } from "#lib/http/upload";

/** What a handler of an open endpoint knows of its caller. */
export type Visitor = Pick<Context, "requestId" | "ip" | "userAgent">;

export type HandlerInput<C, P, Q, B> = {
  ctx: C;
  /** Who sent credentials to an open endpoint that declares `knowsCallers`. */
  caller: Context | undefined;
  params: P;
  query: Q;
  body: B;
  /** The body's text as it was sent, for what must be forwarded or signed unchanged. */
  rawBody: string;
  request: Request;
  /** Headers of the answer; cookies are appended here. */
  headers: AnswerHeaders;
};

type Parsed<S> = S extends ZodType ? z.infer<S> : undefined;

/**
 * What opens an endpoint: an API key, a person's login (token or cookie) with an organization, or a login that may be
 * without one (accepting an invitation).
 */
export type Credential = "apiKey" | "session" | "login";

/** The declaration of an endpoint: its whole policy, its validation and its entry in the OpenAPI document. */
export type EndpointSpec<
  A extends readonly Credential[] = readonly Credential[],
  P extends ZodType | undefined = ZodType | undefined,
  Q extends ZodType | undefined = ZodType | undefined,
  B extends ZodType | undefined = ZodType | undefined,
  U = undefined,
> = Documented & {
  /** The path of its successor: answers carry Deprecation, Sunset and Link. */
  deprecated?: string | ((request: Request) => string);
  dialect: Dialect;
  /** Which credentials open it; `[]` means everybody, on purpose. */
  auth: A;
  /** An open endpoint that tells more to whoever sends credentials; wrong ones are refused. */
  knowsCallers?: boolean;
  /** All of them are needed; `[]` means any member, on purpose. */
  scopes: readonly Scope[];
  rateLimit: LimitName;
  /** Counts the call, beside its caller, for the thing that it names; before its fields are looked at. */
  countedFor?: {
    limit: LimitName;
    /** Nothing when the call names no such thing. */
    subject(input: { ctx: Context; params: Record<string, unknown>; body: unknown }): Promise<string | undefined>;
  };
  /** One URL of two documents: decides by path and body which declaration goes on with the call. Its own frame is for before. */
  choose?: (call: { path: string; body: unknown }) => EndpointSpec;
  /** Honours Idempotency-Key. The handler's effects are then one transaction, so it must not call other servers. */
  idempotent?: boolean;
  params?: P;
  query?: Q;
  body?: B;
  /** The body's fields may also come as a form (urlencoded, or multipart without files), where all values are texts. */
  takesForms?: boolean;
  /** Instead of `body`, for what is too large for memory. Its prepared value is the handler's `body`. */
  upload?: UploadSpec<U>;
  /** The result is parsed with it, which drops what nobody declared. */
  response?: ZodType;
  /** The handler answers with a Response of its own (streams, texts); only common headers are added. */
  raw?: boolean;
  /** Of a success; 200 unless said. */
  status?: number;
  /** Errors beyond those that every endpoint has. */
  errors?: readonly ErrorCode[];
  handler: (
    input: HandlerInput<
      A extends readonly [] ? Visitor : Context,
      Parsed<P>,
      Parsed<Q>,
      [U] extends [undefined] ? Parsed<B> : U
    >,
  ) => unknown | Promise<unknown>;
};

/** Route params as Next (a promise) and as our dispatch (a plain object) hand them over. */
export type RouteArguments = { params: Promise<Record<string, string | string[]>> };

/** An address as the OpenAPI document shows it. */
export type Shown = Pick<Documented, "operationId" | "summary" | "description"> & {
  declarations: readonly EndpointSpec[];
};

export type Endpoint = ((request: Request, route?: RouteArguments) => Promise<Response>) & {
  spec: EndpointSpec;
  /** How the OpenAPI document shows it, where two declarations share one address. */
  shown?: Shown;
};

/** Declares an endpoint. The only way to: it reads the Request it is given, so tests and both hosts call it alike. */
export function endpoint<
  const A extends readonly Credential[],
  P extends ZodType | undefined = undefined,
  Q extends ZodType | undefined = undefined,
  B extends ZodType | undefined = undefined,
  U = undefined,
>(spec: EndpointSpec<A, P, Q, B, U>): Endpoint {
  // What the handler is given is what the spec's own schemas parsed; the pipeline need not know their types.
  const erased = spec as unknown as EndpointSpec;
  const run = (request: Request, route?: RouteArguments) => handle(erased, request, route?.params);
  return Object.assign(run, { spec: erased });
}
