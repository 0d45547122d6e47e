import { type RefinementCtx, z } from "zod";
import { withItems } from "#lib/item-schemas";
import { complexities, deliveryTypes, quotedModels, segments } from "#lib/pricing/names";

/** Fields that come as JSON values or, in a form, as texts. Messages name their field: the short error form has no other place for it. */

const whole = /^\d{1,15}$/;
const decimal = /^[+-]?(\d{1,10}(\.\d{0,12})?|\.\d{1,12})$/;

/** A whole number from 0 to `max`. */
export function wholeNumber(name: string, max: number) {
  const message = `${name} must be a non-negative integer`;
  const tooLarge = `${name} must be at most ${max}`;
  const number = z.int(message).min(0, message).max(max, tooLarge);
  const read = (value: unknown) => (typeof value === "string" && whole.test(value.trim()) ? Number(value) : value);
  return z.preprocess(read, number).meta({ override: { type: "integer", minimum: 0, maximum: max } });
}

const decimalMax = 1_000_000_000;

/** A number of any sign; `min` and `max` bound it where they are given. */
export function decimalNumber(
  name: string,
  bounds: { min: number; max: number } = { min: -decimalMax, max: decimalMax },
) {
  const { min, max } = bounds;
  const message = max === decimalMax ? `${name} must be a number` : `${name} must be a number from ${min} to ${max}`;
  const read = (value: unknown) => (typeof value === "string" && decimal.test(value.trim()) ? Number(value) : value);
  return z
    .preprocess(read, z.number(message).min(min, message).max(max, message))
    .meta({ override: { type: "number", minimum: min, maximum: max } });
}

/** The same, with the text as it was given beside the number, for sentences that repeat it. */
export function decimalAsGiven(name: string) {
  const number = decimalNumber(name);
  return z
    .unknown()
    .transform((value, ctx) => {
      const parsed = number.safeParse(value);
      if (!parsed.success) {
        ctx.addIssue({ code: "custom", message: parsed.error.issues[0]?.message ?? "Invalid", input: value });
        return z.NEVER;
      }
      return { value: parsed.data, text: String(value).trim() };
    })
    .meta({ override: { type: "number" } });
}

/** One of a list, with the message of document 004. */
export function choice<const T extends readonly [string, ...string[]]>(label: string, options: T) {
  return z.enum(options, `Invalid ${label}. Must be one of: ${options.join(", ")}`);
}

/** A text that says something; blanks at its ends do not count. */
export function shortText(name: string, max: number) {
  const message = `${name} must have 1 to ${max} characters`;
  return z.string(message).trim().min(1, message).max(max, message);
}

const tokensMax = 100_000_000;

/** The fields of a quote that A10 to A12 and each scenario of A18 share. */
export const quoteFields = {
  model: choice("model", quotedModels),
  estimated_input: wholeNumber("estimated_input", tokensMax),
  estimated_output: wholeNumber("estimated_output", tokensMax),
  complexity: choice("complexity", complexities),
};
export const deliveryType = choice("delivery_type", deliveryTypes).default("task");
export const segment = choice("segment", segments).default("mid_market");
export const bodyObject = "Send the fields as a form or as a JSON object";

/** Adds what is wrong with item `index` of a list: `scenarios[1]: Invalid model. ...`. */
function addIssues(ctx: RefinementCtx, name: string, index: number, issues: readonly { message: string }[]): void {
  const message = `${name}[${index}]: ${issues[0]?.message ?? "Invalid"}`;
  ctx.addIssue({ code: "custom", message, input: undefined });
}

/**
 * A list that comes as JSON text in a form and as text or array in JSON. The first item that does not fit ends it, with
 * its place: a long list of nonsense is not answered with a longer one.
 */
export function jsonList<S extends z.ZodType>(name: string, item: S, { min, max }: { min: number; max: number }) {
  const refuse = (ctx: RefinementCtx, message: string) => {
    ctx.addIssue({ code: "custom", message, input: undefined });
    return z.NEVER;
  };
  const described = z
    .unknown()
    .transform((value, ctx): z.infer<S>[] => {
      const list = typeof value === "string" ? parsed(value) : value;
      if (!Array.isArray(list)) return refuse(ctx, `${name} must be a JSON array`);
      if (list.length < min || list.length > max)
        return refuse(ctx, `${name} must have ${min} to ${max} items, not ${list.length}`);
      const items: z.infer<S>[] = [];
      for (const [index, one] of list.entries()) {
        const checked = item.safeParse(one);
        if (!checked.success) {
          addIssues(ctx, name, index, checked.error.issues);
          return z.NEVER;
        }
        items.push(checked.data);
      }
      return items;
    })
    .meta({ description: "A JSON array; in a form, its text." });
  return withItems(described, { item, min, max, isTextToo: true });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
