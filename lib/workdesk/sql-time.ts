import { z } from "zod";

/** A time as the work desk writes it: `2027-03-01 08:15:00`, UTC, without a zone. */
export const SqlTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/)
  .meta({ description: "UTC", example: "2027-03-01 08:15:00" });

/** An RFC 3339 time in UTC, as rows carry it, in the work desk's form. */
export function sqlTime(time: string): string {
  return time.slice(0, 19).replace("T", " ");
}

/** The same for a time that may be missing. */
export function sqlTimeOrNull(time: string | null): string | null {
  return time === null ? null : sqlTime(time);
}

/** A moment in either form: `2027-03-01 08:15:00` (UTC) or RFC 3339 with a zone; parsed to RFC 3339 in UTC. */
export function moment(label: string) {
  const message = `${label} must be a time such as 2027-03-01 08:15:00 (UTC) or 2027-03-01T08:15:00Z`;
  return z
    .string(message)
    .regex(/^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2}|T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))$/, message)
    .transform((text) => new Date(text.includes("T") ? text : `${text.replace(" ", "T")}Z`))
    .refine((time) => time.getUTCFullYear() >= 1900, message)
    .transform((time) => time.toISOString())
    .meta({ override: { type: "string", description: "`2027-03-01 08:15:00` in UTC, or RFC 3339." } });
}
