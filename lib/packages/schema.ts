import { z } from "zod";

/** A package file may have 100 MB (contract README 5.7). */
export const packageBytesMax = 100 * 1024 * 1024;

const Time = z.iso.datetime();

export const Package = z
  .object({
    id: z.uuid(),
    version: z.string(),
    s3_url: z.string(),
    size: z.int().meta({ description: "Bytes" }),
    created_at: Time,
    status: z.enum(["uploaded", "uploading", "deployed", "failed"]),
    sha256: z.string().meta({ description: "SHA-256 of the file, hex." }),
    signature: z.enum(["none", "unchecked", "verified"]),
  })
  .meta({ id: "Package" });
export type Package = z.infer<typeof Package>;

export const PackageAnswer = z.object({ package: Package });
export type PackageAnswer = z.infer<typeof PackageAnswer>;
export const Packages = z.object({ packages: z.array(Package) });
export type Packages = z.infer<typeof Packages>;

const text = (charactersMax: number, message: string) => z.string().max(charactersMax, message);

/** The fields of an upload beside its file; `object_key` names a file that was put into the store before. */
export const PackageForm = z.object({
  version: text(1_000, "Must have at most 1000 characters").min(1, "Required field missing"),
  object_key: text(500, "Must be an object_key from upload-url")
    .min(1, "Must be an object_key from upload-url")
    .optional(),
  signature: text(1_024, "Must have at most 1024 characters").optional(),
});
export type PackageForm = z.infer<typeof PackageForm>;

export const DeployForm = PackageForm.extend({
  release_notes: text(10_000, "Must have at most 10000 characters").optional(),
});
export type DeployForm = z.infer<typeof DeployForm>;

export const CreateUpload = z.object({
  size: z
    .int()
    .min(1, "Must be 1 or more")
    .max(packageBytesMax, "A package may have 100 MB")
    .optional()
    .meta({ description: "Bytes of the file. The link then takes exactly so many." }),
});
export type CreateUpload = z.infer<typeof CreateUpload>;

export const PackageUpload = z.object({
  upload_url: z.string().meta({ description: "PUT the file here, once, before expires_at." }),
  object_key: z.string().meta({ description: "Send it instead of the file, once." }),
  expires_at: Time,
  headers: z.record(z.string(), z.string()).meta({ description: "Headers the PUT must have." }),
});
export type PackageUpload = z.infer<typeof PackageUpload>;
