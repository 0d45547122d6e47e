import { z } from "zod";
import { daysIn } from "#lib/usage/days";

/** A range may have so many days, both ends included. */
const exportDaysMax = 366;
const message = "Must be a day of the calendar as YYYY-MM-DD";
// A wrong day ends the checks: nothing can be said about the range then. PostgreSQL knows no year 0.
const Day = z.iso.date({ error: message, abort: true }).refine((day) => day >= "0001", { error: message, abort: true });

export const ExportFormat = z.enum(["csv", "json"], "Must be csv or json");
export type ExportFormat = z.infer<typeof ExportFormat>;

export const CreateExport = z
  .object({ format: ExportFormat, startDate: Day, endDate: Day })
  .refine(({ startDate, endDate }) => startDate <= endDate, {
    path: ["endDate"],
    message: "Must not be before startDate",
  })
  .refine(({ startDate, endDate }) => daysIn({ from: startDate, to: endDate }) <= exportDaysMax, {
    path: ["endDate"],
    message: `The range may have at most ${exportDaysMax} days`,
  });
export type CreateExport = z.infer<typeof CreateExport>;

export const CreatedExport = z.object({
  downloadUrl: z.url().meta({ description: "Opens without credentials until `expiresAt`: treat it as a secret." }),
  expiresAt: z.iso.datetime(),
});
export type CreatedExport = z.infer<typeof CreatedExport>;
