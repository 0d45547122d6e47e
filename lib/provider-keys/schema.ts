import { z } from "zod";

const Time = z.iso.datetime();
const ProviderName = z.enum(["openai", "anthropic", "kimi-coding", "minimax", "ollama", "compatible"]);

export const ProviderKey = z
  .object({
    id: z.uuid(),
    provider: ProviderName,
    label: z.string(),
    base_url: z.string().nullable(),
    last4: z.string().nullable().meta({ description: "The key's last characters; the key itself is never shown." }),
    is_active: z.boolean(),
    last_test_at: Time.nullable(),
    last_test_status: z.enum(["ok", "failed"]).nullable(),
    last_test_error: z.string().nullable(),
    created_at: Time,
    updated_at: Time,
  })
  .meta({ id: "ProviderKey" });
export type ProviderKey = z.infer<typeof ProviderKey>;

export const ProviderKeys = z.object({ providerKeys: z.array(ProviderKey) });
export const ProviderKeyAnswer = z.object({ providerKey: ProviderKey });

const Label = z.string().trim().min(1, "Label must not be blank").max(100, "Label must have at most 100 characters");
const BaseUrl = z.string().trim().min(1).max(2_048);
const Key = z
  .string()
  .min(8, "Key must have at least 8 characters")
  .max(1_000, "Key must have at most 1000 characters")
  .regex(/^[\x21-\x7e]+$/, "Key must consist of printable characters without spaces");

export const CreateProviderKey = z.object({
  provider: ProviderName,
  label: Label.optional().meta({ description: "The provider's name unless said." }),
  key: Key.optional().meta({ description: "Needed by all providers but `ollama` and `compatible`." }),
  base_url: BaseUrl.nullish().meta({
    description: "Where the provider's API is. Needed by `ollama` and `compatible`.",
  }),
  is_active: z.boolean().default(true).meta({ description: "Switches the provider's other keys off." }),
});
export type CreateProviderKey = z.input<typeof CreateProviderKey>;

export const UpdateProviderKey = z.object({
  label: Label.optional(),
  key: Key.optional(),
  base_url: BaseUrl.nullish(),
  is_active: z.boolean().optional(),
});
export type UpdateProviderKey = z.infer<typeof UpdateProviderKey>;

export const ProviderKeyTest = z
  .object({
    ok: z.boolean(),
    status: z.int().nullable().meta({ description: "The provider's HTTP status; null when it did not answer." }),
    latency_ms: z.int(),
    models: z
      .array(z.string())
      .meta({ description: "Up to 100 models that the key may use, as the provider names them." }),
    error: z.string().nullable(),
  })
  .meta({ id: "ProviderKeyTest" });
export type ProviderKeyTest = z.infer<typeof ProviderKeyTest>;
