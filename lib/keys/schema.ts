import { z } from "zod";

export const ScopeName = z.enum(["agents:read", "agents:write", "billing:read", "admin:write"]);
export type ScopeName = z.infer<typeof ScopeName>;
export const KeyEnvironment = z.enum(["live", "staging", "dev"]);
export type KeyEnvironment = z.infer<typeof KeyEnvironment>;
const Time = z.iso.datetime();

export const ApiKey = z
  .object({
    id: z.uuid(),
    name: z.string(),
    key_preview: z.string(),
    scopes: z.array(ScopeName),
    environment: KeyEnvironment,
    signing: z.boolean(),
    last_used_at: Time.nullable(),
    created_at: Time,
    rotation_due_at: Time,
    status: z.enum(["active", "rotating", "rotation_due"]),
  })
  .meta({ id: "ApiKey" });
export type ApiKey = z.infer<typeof ApiKey>;

export const ApiKeys = z.object({ apiKeys: z.array(ApiKey) });

export const CreateKey = z.object({
  name: z.string().trim().min(1, "Name must not be blank").max(100, "Name must have at most 100 characters"),
  scopes: z.array(ScopeName).min(1, "At least one scope is needed").optional(),
  environment: KeyEnvironment.default("live"),
  signing: z.boolean().default(false),
});
export type CreateKey = z.input<typeof CreateKey>;

export const CreatedKey = z.object({
  apiKey: z.object({
    id: z.uuid(),
    name: z.string(),
    key: z.string().meta({ description: "The key itself, shown only here." }),
    created_at: Time,
    scopes: z.array(ScopeName),
    signing_secret: z.string().optional().meta({ description: "For request signatures, shown only here." }),
    api_secret: z.string().optional().meta({ description: "The same under the name that document 004 gives it." }),
  }),
});
export type CreatedKey = z.infer<typeof CreatedKey>;

export const RotateKey = z.object({
  grace_hours: z.number().min(0, "Must be 0 to 168").max(168, "Must be 0 to 168").default(0),
});
export type RotateKey = z.input<typeof RotateKey>;

export const RotatedKey = z.object({
  apiKey: z.object({ id: z.uuid(), name: z.string(), key: z.string(), rotated_at: Time }),
});
export type RotatedKey = z.infer<typeof RotatedKey>;

export const RevokeKey = z.object({ reason: z.string().max(500).optional(), notify_user: z.boolean().default(false) });
export type RevokeKey = z.infer<typeof RevokeKey>;

export const RevokedKey = z.object({ success: z.literal(true), message: z.string(), key_id: z.uuid() });
export type RevokedKey = z.infer<typeof RevokedKey>;
