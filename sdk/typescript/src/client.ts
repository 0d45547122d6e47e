import { readBody } from "./body.ts";
import type { CircuitBreaker } from "./circuit-breaker.ts";
import { type BatonEvent, followEvents } from "./events.ts";
import { operationsOf, type TypedOperations } from "./operations.ts";
import { itemsOf, pagesOf } from "./pages.ts";
import { sleep } from "./retry.ts";
import { Transport } from "./transport.ts";
import type { ArgumentsFor, ItemFor, LooseOptions, OperationName, ResponseFor } from "./types.ts";

export type BatonOptions = {
  /** An API key or an access token; left out where a login cookie speaks for the caller. */
  apiKey?: string | undefined;
  /** Where Baton runs, without `/api`; http://localhost:3000 unless said. */
  baseUrl?: string | undefined;
  fetch?: typeof globalThis.fetch | undefined;
  /** Attempts after the first; 4 unless said. 0 also means that no idempotency keys are made up. */
  retriesMax?: number | undefined;
  /** For one attempt with its answer, in milliseconds; 120 000 unless said. */
  timeoutMs?: number | undefined;
  /** A server that wants to be left alone for longer is not waited for; 60 unless said. */
  retryAfterMaxSeconds?: number | undefined;
  /** Sent with every call. */
  headers?: Record<string, string> | undefined;
  /** The secret of a key that was made with `signing`: every call is signed with it. */
  signingSecret?: string | undefined;
  /** Stops calling a server that keeps failing. */
  circuitBreaker?: CircuitBreaker | undefined;
  /** How to wait between attempts; tests give their own. */
  sleep?: typeof sleep | undefined;
  random?: (() => number) | undefined;
};

/** A name such as `GET /api/agents`, with completion, or any other method and path. */
type Operation = OperationName | (string & Record<never, never>);

/** A client of one Baton deployment. */
export class Baton {
  readonly baseUrl: string;
  readonly #transport: Transport;
  readonly #breaker: CircuitBreaker | undefined;
  readonly #sleep: typeof sleep;
  readonly #random: () => number;
  #operations: TypedOperations | undefined;

  constructor(options: BatonOptions = {}) {
    this.baseUrl = (options.baseUrl ?? "http://localhost:3000").replace(/\/+$/, "");
    this.#breaker = options.circuitBreaker;
    this.#sleep = options.sleep ?? sleep;
    this.#random = options.random ?? Math.random;
    this.#transport = new Transport({
      apiKey: options.apiKey,
      baseUrl: this.baseUrl,
      // Unbound, a browser's fetch refuses to be called as a property.
      fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
      headers: options.headers ?? {},
      signingSecret: options.signingSecret,
      retriesMax: options.retriesMax ?? 4,
      retryAfterMaxSeconds: options.retryAfterMaxSeconds ?? 60,
      timeoutMs: options.timeoutMs ?? 120_000,
      sleep: this.#sleep,
      random: this.#random,
    });
  }

  #send<T>(operation: string, options: LooseOptions, read: (response: Response) => Promise<T>): Promise<T> {
    const call = () => this.#transport.send(operation, options, read);
    return this.#breaker ? this.#breaker.run(call) : call();
  }

  /** Calls an operation and answers its parsed JSON body (text where it is not JSON). Throws `BatonError`. */
  request<O extends Operation>(operation: O, ...[options]: ArgumentsFor<O>): Promise<ResponseFor<O>> {
    return this.#send(operation, options ?? {}, readBody) as Promise<ResponseFor<O>>;
  }

  /** The same, answering the response itself, its body unread. Throws `BatonError` on a status from 300 on. */
  raw<O extends Operation>(operation: O, ...[options]: ArgumentsFor<O>): Promise<Response> {
    return this.#send(operation, options ?? {}, async (response) => response);
  }

  /**
   * Follows a stream of Server-Sent Events to its end; a connection that breaks off is taken up again behind the last
   * event. `data` is parsed JSON, else text. Stops with `signal`, or when the loop is left.
   */
  events<O extends Operation>(
    operation: O,
    ...[options]: ArgumentsFor<O>
  ): AsyncGenerator<BatonEvent, void, undefined> {
    const open = (more: LooseOptions) => this.#send(operation, more, async (response) => response);
    return followEvents(open, operation, options ?? {}, { sleep: this.#sleep, random: this.#random });
  }

  /** The pages of a list, one answer after the other, whatever way of paging it knows. */
  pages<O extends Operation>(
    operation: O,
    ...[options]: ArgumentsFor<O>
  ): AsyncGenerator<ResponseFor<O>, void, undefined> {
    const ask = (more: LooseOptions) => this.#send(operation, more, readBody);
    return pagesOf(ask, operation, options ?? {}) as AsyncGenerator<ResponseFor<O>, void, undefined>;
  }

  /** The things in a list, over all its pages. */
  items<O extends Operation>(operation: O, ...[options]: ArgumentsFor<O>): AsyncGenerator<ItemFor<O>, void, undefined> {
    const ask = (more: LooseOptions) => this.#send(operation, more, readBody);
    return itemsOf(ask, operation, options ?? {}) as AsyncGenerator<ItemFor<O>, void, undefined>;
  }

  /** Every operation as a function named by its operationId. */
  get operations(): TypedOperations {
    this.#operations ??= operationsOf(this);
    return this.#operations;
  }
}
