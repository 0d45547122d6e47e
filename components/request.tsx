/** What went wrong with a call, in words for the reader. */
export type Failure = {
  status: number;
  message: string;
  code: string | null;
  requestId: string | null;
  /** Field name to message, as far as the answer named fields. */
  fields: Record<string, string>;
};

export type Answer = { ok: true; body: Record<string, unknown> } | { ok: false; failure: Failure };

/** Calls Baton's own API from the browser with JSON. Never throws: a lost connection is a failure as well. */
export async function send(method: "POST" | "PATCH", path: string, payload: Record<string, unknown>): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(payload),
    });
  } catch {
    return { ok: false, failure: unreachable };
  }
  const body = toRecord(await response.json().catch(() => null));
  return response.ok ? { ok: true, body } : { ok: false, failure: toFailure(response, body) };
}

/** Reads the failure out of an answer in any of the envelopes that Baton speaks. */
export function toFailure(response: Response, body: Record<string, unknown>): Failure {
  const inner = toRecord(body.error);
  const message = [body.error, inner.message, body.message, body.detail].find(
    (text) => typeof text === "string" && text !== "",
  );
  const code = [body.code, inner.code].find((text) => typeof text === "string");
  return {
    status: response.status,
    message: typeof message === "string" ? message : `The server answered ${response.status}.`,
    code: typeof code === "string" ? code : null,
    requestId: response.headers.get("x-request-id"),
    fields: { ...toFields(body.details), ...namedFields(body.errors) },
  };
}

/** An unknown JSON value as an object; anything else becomes an empty one. */
export function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function toFields(details: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(toRecord(details)).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** The fields of the families that answer with a list of them. */
function namedFields(errors: unknown): Record<string, string> {
  if (!Array.isArray(errors)) return {};
  return Object.fromEntries(
    errors.map(toRecord).flatMap(({ field, message }) => {
      return typeof field === "string" && typeof message === "string" ? [[field, message]] : [];
    }),
  );
}

const unreachable: Failure = {
  status: 0,
  message: "The server could not be reached. Check the connection and try again.",
  code: null,
  requestId: null,
  fields: {},
};
