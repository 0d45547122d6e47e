import { z } from "zod";

const Name = z.string().trim().min(1, "Name must not be blank").max(100, "Name must have at most 100 characters");
const Description = z.string().max(5_000, "Description must have at most 5000 characters").nullable();
const Time = z.iso.datetime();

export const AgentApp = z
  .object({
    id: z.uuid(),
    name: z.string(),
    description: z.string().nullable(),
    is_public: z.boolean(),
    created_at: Time,
    updated_at: Time,
    deployed_package_id: z.uuid().nullable().meta({ description: "The package that answers calls of the app." }),
    public_key: z.string().nullable().meta({ description: "Ed25519 key of package signatures, base64." }),
    has_signing_secret: z.boolean(),
    require_signature: z.boolean(),
  })
  .meta({ id: "AgentApp" });
export type AgentApp = z.infer<typeof AgentApp>;

export const AgentAppAnswer = z.object({ app: AgentApp });
export type AgentAppAnswer = z.infer<typeof AgentAppAnswer>;

const PackageOfList = z.object({ id: z.uuid(), version: z.string(), created_at: Time });
export const AgentApps = z.object({ apps: z.array(AgentApp.extend({ packages: z.array(PackageOfList) })) });
export type AgentApps = z.infer<typeof AgentApps>;

/** What another organization sees of a public app: no keys, no address of an object. */
const PublicPackage = PackageOfList.extend({ size: z.int().meta({ description: "Bytes" }) });
const OwnPackage = PublicPackage.extend({ s3_url: z.string() });
const PublicApp = AgentApp.pick({
  id: true,
  name: true,
  description: true,
  is_public: true,
  created_at: true,
  updated_at: true,
});
export const AgentAppDetails = z.object({
  app: z.union([
    AgentApp.extend({ packages: z.array(OwnPackage) }),
    PublicApp.extend({ packages: z.array(PublicPackage) }),
  ]),
});
export type AgentAppDetails = z.infer<typeof AgentAppDetails>;

export const CreateApp = z.object({
  name: Name,
  description: Description.optional(),
  is_public: z.boolean().default(false),
});
export type CreateApp = z.input<typeof CreateApp>;

export const UpdateApp = z.object({
  name: Name.optional(),
  description: Description.optional(),
  is_public: z.boolean().optional(),
  public_key: z
    .string()
    .max(1_000, "Must be an Ed25519 public key")
    .nullable()
    .optional()
    .meta({ description: "Ed25519 public key, as PEM or as 32 bytes in base64; null removes it." }),
  require_signature: z.boolean().optional().meta({ description: "Refuse packages without a signature." }),
});
export type UpdateApp = z.infer<typeof UpdateApp>;

export const SigningSecret = z.object({
  signing_secret: z.string().meta({ description: "For HMAC-SHA256 signatures of packages, shown only here." }),
});
export type SigningSecret = z.infer<typeof SigningSecret>;
