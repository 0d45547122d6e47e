import { pino } from "pino";
import { rawEnvironment } from "#lib/env";
import { singleton } from "#lib/singleton";

/** Structured log of the process, one JSON object a line. Fields that may hold secrets are cut out, never printed. */
export const log = singleton("log", () =>
  pino({
    level: rawEnvironment().LOG_LEVEL || "info",
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: ["authorization", "*.authorization", "password", "*.password", "key", "*.key", "token", "*.token"],
  }),
);
