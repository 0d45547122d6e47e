import { z } from "zod";
import { PageQuery } from "#lib/page";
import { bodyObject, choice, shortText } from "#lib/pricing/fields";
import { quotedModels, segments } from "#lib/pricing/names";
import { Pagination } from "#lib/pricing/paging";
import { ExceptionAging, ExceptionAlert } from "#lib/pricing/review/schema";

export const ExceptionInput = z
  .object({ decision_id: z.string("decision_id must be a text"), reason: shortText("reason", 1_000) }, bodyObject)
  .meta({ id: "PricingExceptionInput" });
export type ExceptionInput = z.infer<typeof ExceptionInput>;

export const CloseInput = z
  .object(
    { note: z.string("note must be a text").trim().max(1_000, "note must have at most 1000 characters").optional() },
    bodyObject,
  )
  .meta({ id: "PricingCloseInput" });
export type CloseInput = z.infer<typeof CloseInput>;

export const exceptionStatuses = ["open", "closed"] as const;

export const Exception = z
  .object({
    exception_id: z.string(),
    decision_id: z.string(),
    quote_id: z.string(),
    model: z.enum(quotedModels),
    segment: z.enum(segments),
    recommended_price: z.number(),
    gross_margin_pct: z.number(),
    minimum_margin_pct: z.number(),
    status: z.enum(exceptionStatuses),
    reason: z.string(),
    age_days: z.int().meta({ description: "Whole days since it was opened, or until it was closed." }),
    at_risk: z.boolean().meta({ description: "Open for 14 days or more." }),
    opened_at: z.iso.datetime(),
    closed_at: z.iso.datetime().nullable(),
    closing_note: z.string().nullable(),
  })
  .meta({ id: "PricingException" });
export type Exception = z.infer<typeof Exception>;

export const ExceptionAnswer = z.object({ success: z.literal(true), exception: Exception });
export type ExceptionAnswer = z.infer<typeof ExceptionAnswer>;

export const ExceptionQuery = PageQuery.extend({ status: choice("status", exceptionStatuses).optional() });
export type ExceptionQuery = z.infer<typeof ExceptionQuery>;

export const Exceptions = z.object({
  success: z.literal(true),
  exceptions: z.array(Exception),
  count: z.int(),
  pagination: Pagination,
  exception_aging: ExceptionAging,
  exception_alert: ExceptionAlert,
});
export type Exceptions = z.infer<typeof Exceptions>;
