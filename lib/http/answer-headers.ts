/**
 * Headers of an answer while it is being made. A plain record costs a fraction of a `Headers` object, and both hosts take
 * it as it is. Names are lower case.
 */
export class AnswerHeaders {
  readonly values: Record<string, string> = {};
  readonly #cookies: string[] = [];

  set(name: string, value: string): void {
    this.values[name] = value;
  }

  appendCookie(cookie: string): void {
    this.#cookies.push(cookie);
  }

  /** For `new Response`. Only several cookies need more than a record, which holds each name once. */
  toInit(): Record<string, string> | Headers {
    const [first, ...others] = this.#cookies;
    if (first === undefined) return this.values;
    if (others.length === 0) return { ...this.values, "set-cookie": first };
    const headers = new Headers(this.values);
    for (const cookie of this.#cookies) headers.append("set-cookie", cookie);
    return headers;
  }

  /** Adds everything to a Response that a handler made by itself; what it said already stands. */
  addTo(headers: Headers): void {
    for (const name in this.values) if (!headers.has(name)) headers.set(name, this.values[name] ?? "");
    for (const cookie of this.#cookies) headers.append("set-cookie", cookie);
  }
}
