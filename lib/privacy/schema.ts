import { z } from "zod";

const Time = z.iso.datetime();
const days = "retention_days must be a whole number from 1 to 365";

/** How one run is to be treated (contract A19, `privacy`). */
export const RunPrivacy = z.object({
  detect_pii: z.boolean().default(false),
  mask_pii_in_logs: z.boolean().default(false),
  encrypt_output: z.boolean().default(false),
  retention_days: z.int(days).min(1, days).max(365, days).optional(),
});
export type RunPrivacy = z.infer<typeof RunPrivacy>;

export const Erased = z.object({
  success: z.literal(true),
  message: z.string(),
  agent_id: z.string(),
  deleted: z.object({ runs: z.int(), steps: z.int(), events: z.int() }),
});
export type Erased = z.infer<typeof Erased>;

export const OptOut = z.object({ training: z.boolean().default(true), analytics: z.boolean().default(true) });
export type OptOut = z.input<typeof OptOut>;

export const OptedOut = z.object({
  success: z.literal(true),
  opt_out: z.object({ training: z.boolean(), analytics: z.boolean() }),
  updated_at: Time,
});
export type OptedOut = z.infer<typeof OptedOut>;

export const Inventory = z.object({
  success: z.literal(true),
  generated_at: Time,
  categories: z.array(
    z.object({
      name: z.string().meta({ description: "The table, as the export names it." }),
      description: z.string().nullable(),
      records: z.int(),
    }),
  ),
  retention: z.object({
    content_days: z.int().meta({ description: "Inputs and outputs of runs." }),
    audit_days: z.int(),
  }),
  encryption: z.object({ algorithm: z.literal("AES-256-GCM"), runs_with_own_key: z.int() }),
  opt_out: z.object({ training: z.boolean(), analytics: z.boolean() }),
});
export type Inventory = z.infer<typeof Inventory>;
