import { operationIds } from "./generated.ts";
import type { ArgumentsFor, OperationName, ResponseFor } from "./types.ts";

type Ids = typeof operationIds;

/** Every operation as a function named by its operationId, such as `operations.spawnAgent({ body: { task } })`. */
export type TypedOperations = {
  readonly [Id in keyof Ids]: (...options: ArgumentsFor<Ids[Id]>) => Promise<ResponseFor<Ids[Id]>>;
};

type Caller = { request<O extends OperationName>(operation: O, ...options: ArgumentsFor<O>): Promise<ResponseFor<O>> };

/** The functions of a client, made from the table of operations. */
export function operationsOf(caller: Caller): TypedOperations {
  const entries = Object.entries(operationIds).map(([id, operation]) => [
    id,
    (...options: ArgumentsFor<typeof operation>) => caller.request(operation, ...options),
  ]);
  return Object.fromEntries(entries);
}
