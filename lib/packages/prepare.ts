import { readFile } from "node:fs/promises";
import type { AppRow } from "#lib/apps/queries";
import { requireApp } from "#lib/apps/service";
import type { Context } from "#lib/context";
import { unseal } from "#lib/crypto/seal";
import { tenant } from "#lib/db/transaction";
import { AppError, invalid, unlessMissing } from "#lib/errors";
import { uuidv7 } from "#lib/id";
import { log } from "#lib/log";
import { packageKey } from "#lib/packages/address";
import type { Manifest } from "#lib/packages/manifest";
import { isVersionTaken } from "#lib/packages/queries";
import { type PackageForm, packageBytesMax } from "#lib/packages/schema";
import { signatureBytesMax } from "#lib/packages/signature";
import { claimUpload, releaseUpload } from "#lib/packages/upload-queries";
import { validatePackage } from "#lib/packages/validate";
import { removeSpooled, type SpooledFile, spool, tooLarge } from "#lib/storage/spool";
import { objectStore } from "#lib/storage/store";

/** A sound package whose object is in the store and whose row is not written yet. */
export type PreparedPackage = {
  id: string;
  app: AppRow;
  version: string;
  objectKey: string;
  size: number;
  sha256: Buffer;
  manifest: Manifest;
  /** Base64 of the detached signature as it was sent. */
  signature: string | null;
  isVerified: boolean;
  /** The upload it came from, when the client put it into the store itself. */
  upload: { id: string; objectKey: string } | undefined;
};

/** What a form brought: its fields, and its files where it had them. */
export type PackageInput = { fields: PackageForm; files: Partial<Record<keyof typeof packageFiles, SpooledFile>> };

/** `refused`: nothing was written, for certain; `unknown`: nobody can tell, such as after a lost connection. */
export type Outcome = "done" | "refused" | "unknown";

/** A package is prepared outside of any transaction: `release` must be called once it is known what became of it. */
export type Prepared = { value: PreparedPackage; release(outcome: Outcome): Promise<void> };

/** The files of the form that brings a package. */
export const packageFiles = {
  file: { bytesMax: packageBytesMax, unless: "object_key" },
  signature: { bytesMax: signatureBytesMax, isOptional: true },
};

/** Whose app it is: looked at before anything is read. */
export type PackageTarget = { id?: string | string[] };
const appIdOf = ({ id }: PackageTarget) => (typeof id === "string" ? id : "");

/** Refuses an upload for an app that is not the caller's. */
export async function admitPackage(ctx: Context, target: PackageTarget): Promise<void> {
  await requireApp(tenant(ctx), ctx, appIdOf(target));
}

/** The refusal that carries all failures of a package (C19). */
export function packageInvalid(failures: string[]): AppError {
  const facts = { details: failures };
  return new AppError("validation", "Package validation failed", { reason: "PACKAGE_VALIDATION_FAILED", facts });
}

/** Brings a file that the client put into the store itself to this machine. */
async function fetchUpload(objectKey: string): Promise<SpooledFile> {
  const store = await objectStore();
  const uploaded = await unlessMissing(store.get(objectKey));
  if (!uploaded) {
    const message = "Nothing was uploaded there yet. PUT the file to upload_url first";
    throw invalid([{ field: "object_key", message }]);
  }
  const { stream, size } = uploaded;
  if (size > packageBytesMax) {
    stream.destroy();
    throw tooLarge("The package", packageBytesMax);
  }
  return spool(stream, packageBytesMax, "The package");
}

async function claim(ctx: Context, appId: string, objectKey: string) {
  const upload = await claimUpload(tenant(ctx), ctx, appId, objectKey);
  const message = "Unknown, expired, or used already. Ask upload-url for a new one";
  if (!upload) throw invalid([{ field: "object_key", message }]);
  return { id: upload.id, objectKey };
}

async function examine(ctx: Context, app: AppRow, version: string, file: SpooledFile, signature: Buffer | undefined) {
  const sealed = app.sealedSigningSecret;
  const checked = await validatePackage({
    file,
    version,
    signature,
    keys: { secret: sealed ? unseal(sealed) : undefined, publicKey: app.publicKey },
    isSignatureRequired: app.requireSignature,
    isVersionTaken: await isVersionTaken(tenant(ctx), ctx, app.id, version),
  });
  if (checked.failures.length > 0 || !checked.manifest) throw packageInvalid(checked.failures);
  return { manifest: checked.manifest, isVerified: checked.isVerified };
}

async function signatureOf({ fields, files }: PackageInput): Promise<Buffer | undefined> {
  const bytes = files.signature ? await readFile(files.signature.path) : Buffer.from(fields.signature ?? "");
  return bytes.length > 0 ? bytes : undefined;
}

/**
 * Checks a package and puts its object into the store. Throws `validation` with every failure, `payload_too_large`,
 * `not_found` for the app, `unavailable` when the store does not answer; then nothing is left behind.
 */
export async function preparePackage(ctx: Context, target: PackageTarget, input: PackageInput): Promise<Prepared> {
  const app = await requireApp(tenant(ctx), ctx, appIdOf(target));
  const { version, object_key: uploaded } = input.fields;
  const upload = !input.files.file && uploaded ? await claim(ctx, app.id, uploaded) : undefined;
  let fetched: SpooledFile | undefined;
  const giveBack = async () => {
    if (upload) await releaseUpload(tenant(ctx), ctx, upload.id);
  };
  try {
    if (upload) fetched = await fetchUpload(upload.objectKey);
    const file = input.files.file ?? fetched;
    if (!file) throw invalid([{ field: "file", message: "Required field missing" }]);
    const signature = await signatureOf(input);
    const examined = await examine(ctx, app, version, file, signature);
    const id = uuidv7();
    const objectKey = packageKey({ organizationId: ctx.organizationId, appId: app.id }, id);
    const store = await objectStore();
    await store.put(objectKey, file, { contentType: "application/zip", sha256: file.sha256.toString("hex") });
    const { size, sha256 } = file;
    return {
      value: {
        id,
        app,
        version,
        objectKey,
        size,
        sha256,
        signature: signature?.toString("base64") ?? null,
        upload,
        ...examined,
      },
      async release(outcome) {
        if (outcome === "done") return;
        await giveBack();
        // Of what nobody can tell the row may exist after all: the sweeper looks again later.
        if (outcome === "refused") await store.delete([objectKey]);
      },
    };
  } catch (error) {
    await giveBack().catch((cause: unknown) => log.warn({ err: cause }, "an upload stays claimed"));
    throw error;
  } finally {
    if (fetched) await removeSpooled(fetched.path);
  }
}
