import { describe, expect, test } from "vitest";
import { AppError, type ErrorCode } from "#lib/errors";
import { type Dialect, type Meta, statuses } from "#lib/http/dialect";
import { agency } from "#lib/http/dialects/agency";
import { anthropic } from "#lib/http/dialects/anthropic";
import { cloud } from "#lib/http/dialects/cloud";
import { openai } from "#lib/http/dialects/openai";
import { orchestra } from "#lib/http/dialects/orchestra";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { paas } from "#lib/http/dialects/paas";
import { plain } from "#lib/http/dialects/plain";
import { shared } from "#lib/http/dialects/shared";

const now = new Date("2027-03-01T08:15:00Z");
const meta: Meta = { requestId: "req_test12345", method: "POST", path: "/test", now };
const issues = [
  { field: "name", message: "Required field missing" },
  { field: "age", message: "expected number" },
];
const uuid = "0198c0de-0000-7000-8000-000000000000";

/** Status, word of cloud, word of orchestra, type of openai: for every code there is. */
const table: Record<ErrorCode, [number, string, string, string]> = {
  malformed: [400, "VALIDATION_ERROR", "VALIDATION_ERROR", "invalid_request_error"],
  validation: [400, "VALIDATION_ERROR", "VALIDATION_ERROR", "invalid_request_error"],
  unauthorized: [401, "UNAUTHORIZED", "AUTHENTICATION_ERROR", "authentication_error"],
  payment_required: [402, "INSUFFICIENT_CREDITS", "INSUFFICIENT_CREDITS", "insufficient_quota"],
  forbidden: [403, "FORBIDDEN", "PERMISSION_ERROR", "permission_error"],
  not_found: [404, "NOT_FOUND", "NOT_FOUND", "invalid_request_error"],
  method_not_allowed: [405, "METHOD_NOT_ALLOWED", "METHOD_NOT_ALLOWED", "invalid_request_error"],
  conflict: [409, "CONFLICT", "CONFLICT", "invalid_request_error"],
  gone: [410, "GONE", "GONE", "invalid_request_error"],
  payload_too_large: [413, "PAYLOAD_TOO_LARGE", "PAYLOAD_TOO_LARGE", "invalid_request_error"],
  unsupported_media_type: [415, "UNSUPPORTED_MEDIA_TYPE", "UNSUPPORTED_MEDIA_TYPE", "invalid_request_error"],
  upgrade_required: [426, "UPGRADE_REQUIRED", "UPGRADE_REQUIRED", "invalid_request_error"],
  rate_limited: [429, "RATE_LIMITED", "RATE_LIMIT_ERROR", "rate_limit_error"],
  internal: [500, "INTERNAL_ERROR", "INTERNAL_ERROR", "server_error"],
  bad_gateway: [502, "UPSTREAM_ERROR", "SERVICE_UNAVAILABLE", "server_error"],
  unavailable: [503, "SERVICE_UNAVAILABLE", "SERVICE_UNAVAILABLE", "server_error"],
  timeout: [504, "TIMEOUT", "TIMEOUT_ERROR", "server_error"],
};
const codes = Object.entries(table) as [ErrorCode, (typeof table)[ErrorCode]][];
const failure = (code: ErrorCode) =>
  new AppError(code, "What happened", {
    issues: code === "validation" ? issues : [],
    ...(code === "rate_limited" && { retryAfterSeconds: 30 }),
  });

test("every code has a row here", () => {
  expect(Object.keys(table).sort()).toEqual(Object.keys(statuses).sort());
});

describe.each(codes)("%s", (code, [status, cloudWord, orchestraWord, openaiType]) => {
  const error = failure(code);
  const isUnknown = code === "unauthorized";

  test("paas: {success:false, error}", () => {
    expect(paas.error(error, meta)).toEqual({ status, body: { success: false, error: "What happened" } });
  });

  test("cloud: {error, code, details?}", () => {
    const details = { name: "Required field missing", age: "expected number" };
    const body = { error: "What happened", code: cloudWord, ...(code === "validation" && { details }) };
    expect(cloud.error(error, meta)).toEqual({ status, body });
  });

  test("orchestratex: {detail, status_code}, 422 with errors for a wrong field", () => {
    const true_ = code === "validation" ? 422 : status;
    const body = { detail: isUnknown ? "Not authenticated" : "What happened", status_code: true_ };
    expect(orchestratex.error(error, meta)).toEqual({
      status: true_,
      body: code === "validation" ? { ...body, errors: issues } : body,
    });
  });

  test("orchestra and its probes: the envelope with code, message and details", () => {
    const metadata = { request_id: uuid, timestamp: "2027-03-01T08:15:00.000Z", version: "v2" };
    const details =
      code === "validation"
        ? { field: "name", reason: "Required field missing" }
        : code === "rate_limited"
          ? { retry_after: 30 }
          : {};
    const body = {
      success: false,
      data: null,
      metadata,
      error: { code: orchestraWord, message: "What happened", details },
    };
    for (const dialect of [orchestra, plain]) {
      expect(dialect.error(error, { ...meta, requestId: uuid })).toEqual({ status, body });
    }
  });

  test("agency: short for 400 of a write, long for everything else", () => {
    const message = isUnknown ? "Invalid or missing API key" : "What happened";
    const retry = code === "rate_limited" ? { retry_after: 30 } : {};
    const long = { error: { code: status, message, request_id: "req_test12345", ...retry } };
    const short = { success: false, error: "What happened" };
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      expect(agency.error(error, { ...meta, method })).toEqual({ status, body: status === 400 ? short : long });
    }
    for (const method of ["GET", "HEAD"])
      expect(agency.error(error, { ...meta, method })).toEqual({ status, body: long });
  });

  test("shared: the frames of paas and orchestratex at once (K1)", () => {
    const detail = isUnknown ? "Not authenticated" : "What happened";
    const body = { success: false, error: "What happened", detail, status_code: status };
    const rendered = shared.error(error, meta);
    expect(rendered.status).toBe(status);
    expect(rendered.body).toMatchObject(body);
  });

  test("openai: {error:{message, type, param, code}}", () => {
    const param = code === "validation" ? "name" : null;
    const body = { error: { message: "What happened", type: openaiType, param, code } };
    expect(openai.error(error, meta)).toEqual({ status, body });
  });

  test("anthropic: {type:'error', error:{type, message, code}, request_id}", () => {
    const rendered = anthropic.error(error, meta);
    const kind = status < 500 ? /^(?!api_error)\w+$/ : /^(api_error|overloaded_error|timeout_error)$/;
    expect(rendered.status).toBe(status);
    expect(rendered.body).toMatchObject({
      type: "error",
      error: { type: expect.stringMatching(kind), message: "What happened", code },
      request_id: meta.requestId,
    });
  });

  test("every frame fits the schema that the OpenAPI document shows", () => {
    for (const dialect of [
      paas,
      cloud,
      orchestratex,
      orchestra,
      agency,
      shared,
      openai,
      anthropic,
      plain,
    ] as Dialect[]) {
      const { body } = dialect.error(error, { ...meta, requestId: uuid });
      expect(dialect.errorSchema.safeParse(body).success, dialect.name).toBe(true);
    }
  });
});

test("409 of the idempotency rule: the agency's short form exactly, the others' frames with the same text", () => {
  const text = "Idempotency key payload mismatch";
  const error = new AppError("conflict", text, { reason: "IDEMPOTENCY_MISMATCH" });
  expect(JSON.stringify(agency.error(error, meta).body)).toBe(`{"success":false,"error":"${text}"}`);
  expect(cloud.error(error, meta)).toEqual({ status: 409, body: { error: text, code: "IDEMPOTENCY_MISMATCH" } });
  expect(paas.error(error, meta).body).toEqual({ success: false, error: text });
  expect(orchestratex.error(error, meta).body).toEqual({ detail: text, status_code: 409 });
  expect(orchestra.error(error, meta).body).toMatchObject({ error: { code: "CONFLICT", message: text } });
});

test("success frames of README 2, and version v1 below /chat/v1", () => {
  const data = { id: 1 };
  expect(paas.success(data, meta)).toEqual({ success: true, id: 1 });
  for (const dialect of [cloud, orchestratex, agency, openai, anthropic, plain])
    expect(dialect.success(data, meta)).toEqual(data);
  const metadata = { request_id: uuid, timestamp: now.toISOString() };
  const v1 = { ...meta, requestId: uuid, path: "/chat/v1/chat" };
  expect(orchestra.success(data, { ...v1, path: "/chat/v2/chat" })).toEqual({
    success: true,
    data,
    metadata: { ...metadata, version: "v2" },
    error: null,
  });
  expect(orchestra.success(data, v1)).toMatchObject({ metadata: { version: "v1" } });
});

test("402 adds required and available at the top level of cloud", () => {
  const error = new AppError("payment_required", "Insufficient credits", { facts: { required: 3, available: 1 } });
  expect(cloud.error(error, meta)).toEqual({
    status: 402,
    body: { error: "Insufficient credits", code: "INSUFFICIENT_CREDITS", required: 3, available: 1 },
  });
});
