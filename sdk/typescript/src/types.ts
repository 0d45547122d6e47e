import type { Operations } from "./generated.ts";

/** An operation of the API, such as `POST /api/spawn`. */
export type OperationName = keyof Operations;

/** What every call may say besides what its operation takes. */
export type CallOptions = {
  headers?: Record<string, string>;
  /** Makes a repeated write do nothing twice, for 24 hours; chosen for you where the operation knows it. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** For one attempt, in milliseconds. */
  timeoutMs?: number;
};

type Scalar = string | number | boolean;

/** A call of an operation that is not known by name. */
export type LooseOptions = CallOptions & {
  /** Fills `{name}` in the path. */
  params?: Record<string, Scalar>;
  /** Values that are objects are sent as JSON; lists repeat the name. */
  query?: object;
  /** Sent as JSON unless it is a string, a form, bytes or a stream. */
  body?: unknown;
};

/** Bodies that are sent as they are. */
export type RawBody =
  | string
  | FormData
  | URLSearchParams
  | Blob
  | ArrayBuffer
  | Uint8Array
  | ReadableStream<Uint8Array>;

// A group is optional when nothing in it is required.
type Part<Name extends string, Value> = [Value] extends [never]
  ? unknown
  : Record<never, never> extends Value
    ? { [K in Name]?: Value }
    : { [K in Name]: Value };

type BodyPart<Value> = [Value] extends [never]
  ? unknown
  : Record<never, never> extends Value
    ? { body?: Value | RawBody }
    : undefined extends Value
      ? { body?: Value | RawBody }
      : { body: Value | RawBody };

type TypedOptions<O extends OperationName> = CallOptions &
  Part<"params", Operations[O]["params"]> &
  Part<"query", Operations[O]["query"]> &
  BodyPart<Operations[O]["body"]>;

/** The options of an operation: typed when it is known. */
export type OptionsFor<O extends string> = O extends OperationName ? TypedOptions<O> : LooseOptions;

/** The arguments behind the operation: the options may be left out when nothing in them is required. */
export type ArgumentsFor<O extends string> =
  Record<never, never> extends OptionsFor<O> ? [options?: OptionsFor<O>] : [options: OptionsFor<O>];

/** The JSON answer of an operation. */
export type ResponseFor<O extends string> = O extends OperationName ? Operations[O]["response"] : unknown;

/** One thing in the list that an operation answers. */
export type ItemFor<O extends string> = O extends OperationName ? Operations[O]["item"] : unknown;
