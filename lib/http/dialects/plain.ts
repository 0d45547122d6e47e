import type { Dialect } from "#lib/http/dialect";
import { orchestra } from "#lib/http/dialects/orchestra";

/** The probes of document 003: bare answers, errors in its envelope. */
export const plain: Dialect = {
  ...orchestra,
  name: "plain",
  success: (data) => data,
  successSchema: (data) => data,
};
