import type { ZodType } from "zod";
import type { EndpointSpec } from "#lib/http/endpoint";
import type { HeaderName } from "#lib/http/openapi-headers";

/** What opens an endpoint beside `auth`: a secret of its own. */
export type OwnSecurity = "cron" | "stripe" | "link" | "handshake";

/** An answer that is not the declared JSON: its contents by content type. Without any it has no body. */
export type OtherAnswer = { description: string; content?: Record<string, ZodType>; headers?: readonly HeaderName[] };

/** The part of a declaration that only the OpenAPI document reads. */
export type Documented = {
  /** The method's name in clients made from the document: a verb and a noun. Derived from the address unless said. */
  operationId?: string;
  summary: string;
  description?: string;
  /** What a success may hold beside or instead of `response`, by content type: event streams, files, texts. */
  answers?: Record<string, ZodType>;
  /** The handler keeps `Idempotency-Key` itself, outside the transaction that `idempotent` means. */
  keepsKey?: boolean;
  /** Whether its event stream goes on after `Last-Event-ID`; yes unless said. */
  resumes?: boolean;
  /** Answers of other statuses than `status` that are no errors of the family. */
  otherAnswers?: Record<number, OtherAnswer>;
  /** Headers of a success beyond those that every answer has. */
  answerHeaders?: readonly HeaderName[];
  /** Bodies that a `raw` endpoint reads by itself, by content type. */
  takes?: Record<string, ZodType>;
  /** A secret that the handler itself asks for. */
  openedBy?: OwnSecurity;
};

/** One operation as it is declared; `also` are further declarations of the same address. */
export type DeclaredOperation = {
  method: string;
  template: string;
  /** Its words, where two declarations share the address. */
  shown?: Pick<EndpointSpec, "operationId" | "summary" | "description">;
  specs: readonly [EndpointSpec, ...EndpointSpec[]];
};
