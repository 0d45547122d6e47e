import { z } from "zod";
import { boundedInteger, oneOf, optionalText, requiredText } from "#lib/workdesk/fields";
import { moment, SqlTime } from "#lib/workdesk/sql-time";

export const platforms = ["genspark", "claude", "chatgpt", "gemini", "other"] as const;
export type Platform = (typeof platforms)[number];
export const accountStatuses = ["available", "active", "exhausted", "blocked"] as const;
export type AccountStatus = (typeof accountStatuses)[number];
export const accountProviders = ["openai", "anthropic", "kimi-coding", "minimax", "ollama", "compatible"] as const;
export type AccountProvider = (typeof accountProviders)[number];

/** What a full account holds, unless somebody says otherwise. */
export const creditsFull = 100;
export const batchMax = 500;

export const Account = z
  .object({
    id: z.int(),
    account_name: z.string(),
    account_email: z.string().nullable(),
    platform: z.enum(platforms),
    credits_available: z.int().meta({ description: "What is left of the account's own allowance." }),
    status: z.enum(accountStatuses),
    specialization: z.string().nullable(),
    provider: z.enum(accountProviders).nullable().meta({ description: "The model provider its credential opens." }),
    base_url: z.string().nullable(),
    has_credential: z.boolean(),
    credential_last4: z.string().nullable(),
    resets_at: SqlTime.nullable().meta({
      description: "When the allowance is full again; null: with the daily refresh.",
    }),
    created_at: SqlTime,
    updated_at: SqlTime,
  })
  .meta({ id: "PoolAccount" });
export type Account = z.infer<typeof Account>;

export const Accounts = z.object({ data: z.array(Account) });
export type Accounts = z.infer<typeof Accounts>;
export const AccountAnswer = z.object({ data: Account });
export type AccountAnswer = z.infer<typeof AccountAnswer>;

const Name = requiredText("account_name", 100);
const Email = z
  .email("account_email must be a valid e-mail address")
  .max(320, "account_email must have at most 320 characters")
  .nullable()
  .optional();
const Credential = z
  .string("credential must be a string")
  .trim()
  .min(8, "credential must have at least 8 characters")
  .max(4_096, "credential must have at most 4096 characters")
  .nullable()
  .optional()
  .meta({ description: "The account's API key, stored encrypted and never returned." });

const connection = {
  provider: oneOf("provider", accountProviders)
    .nullable()
    .optional()
    .meta({ description: "Follows from the platform for claude and chatgpt." }),
  base_url: optionalText("base_url", 2_048).meta({
    description: "Where the provider's API lives, if not at its own address.",
  }),
  credential: Credential,
  resets_at: moment("resets_at").nullable().optional(),
};

export const CreateAccount = z.object({
  account_name: Name,
  account_email: Email,
  platform: oneOf("platform", platforms).default("genspark"),
  specialization: optionalText("specialization", 200),
  ...connection,
});
export type CreateAccount = z.output<typeof CreateAccount>;

export const UpdateAccount = z.object({
  account_name: Name.optional(),
  account_email: Email,
  platform: oneOf("platform", platforms).optional(),
  specialization: optionalText("specialization", 200),
  status: oneOf("status", accountStatuses).optional(),
  credits_available: boundedInteger("credits_available", 0, 1_000_000_000).optional(),
  ...connection,
});
export type UpdateAccount = z.infer<typeof UpdateAccount>;

const batchMessage = `accounts must be a list of 1 to ${batchMax} accounts`;
export const BatchCreateAccounts = z.object({
  accounts: z.array(CreateAccount, batchMessage).min(1, batchMessage).max(batchMax, batchMessage),
});
export type BatchCreateAccounts = z.output<typeof BatchCreateAccounts>;

export const BatchCreatedAccounts = z.object({
  message: z.string(),
  accounts: z.array(z.object({ name: z.string(), id: z.int() })),
});
export type BatchCreatedAccounts = z.infer<typeof BatchCreatedAccounts>;

export const SelectBestAccount = z.object({
  specialization: optionalText("specialization", 200).meta({ description: "Part of it, in any case." }),
  min_credits: boundedInteger("min_credits", 0, Number.MAX_SAFE_INTEGER).default(50),
});
export type SelectBestAccount = z.output<typeof SelectBestAccount>;

export const BestAccount = Account.pick({
  id: true,
  account_name: true,
  credits_available: true,
  specialization: true,
  platform: true,
}).meta({ id: "BestAccount" });
export type BestAccount = z.infer<typeof BestAccount>;
