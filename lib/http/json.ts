/** A bare JSON answer, for endpoints whose status depends on what they found. */
export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}

/** Whether a caller asked for plain text rather than for JSON. */
export function prefersText(request: Request): boolean {
  return /^\s*text\/plain/i.test(request.headers.get("accept") ?? "");
}
