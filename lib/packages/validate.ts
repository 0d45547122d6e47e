import { valid } from "semver";
import { ArchiveError, readArchive } from "#lib/packages/archive";
import { checkManifest, type Manifest } from "#lib/packages/manifest";
import { parseManifest } from "#lib/packages/manifest-text";
import { isSignedBy, type SignatureKeys } from "#lib/packages/signature";
import type { SpooledFile } from "#lib/storage/spool";

const versionCharactersMax = 100;

/** MAJOR.MINOR.PATCH with an optional suffix (semver.org), written as it is meant: no `v`, no spaces. */
export function isVersion(text: string): boolean {
  return /^\d/.test(text) && text.length <= versionCharactersMax && text.trim() === text && valid(text) !== null;
}

export type PackageCandidate = {
  file: SpooledFile;
  version: string;
  signature: Buffer | undefined;
  keys: SignatureKeys;
  isSignatureRequired: boolean;
  isVersionTaken: boolean;
};

/** `isVerified`: a signature was given and checked; without keys of the app it is only stored. */
export type Validated = { failures: string[]; manifest: Manifest | undefined; isVerified: boolean };

/** What the archive says of itself. A failure in the contract's words comes first, what exactly is wrong after it. */
async function validateArchive({ file, version }: PackageCandidate): Promise<Omit<Validated, "isVerified">> {
  const none = { manifest: undefined };
  let bytes: Buffer | undefined;
  try {
    bytes = await readArchive(file.path);
  } catch (error) {
    if (error instanceof ArchiveError)
      return { ...none, failures: ["Invalid APKG format", `The archive cannot be used: ${error.message}`] };
    throw error;
  }
  if (!bytes) return { ...none, failures: ["Missing required manifest.json"] };
  const text = parseManifest(bytes);
  if ("problem" in text) return { ...none, failures: ["Invalid manifest.json", `manifest.json: ${text.problem}`] };
  const { manifest, problems } = checkManifest(text.value);
  const declared = text.value.version;
  const isOther = typeof declared === "string" && declared !== version;
  const failures = [
    ...(problems.length > 0 ? ["Invalid manifest.json", ...problems] : []),
    ...(isOther ? ["Manifest version does not match"] : []),
  ];
  return { manifest, failures };
}

/**
 * Finds everything that is wrong with a package, in the contract's words (C19): an empty list means it may be stored.
 * Reads the whole file, a chunk in memory at a time.
 */
export async function validatePackage(candidate: PackageCandidate): Promise<Validated> {
  const { file, version, signature, keys, isSignatureRequired, isVersionTaken } = candidate;
  const { manifest, failures } = await validateArchive(candidate);
  const hasKeys = keys.secret !== undefined || keys.publicKey !== null;
  const isVerified = signature !== undefined && hasKeys && (await isSignedBy(file, signature, keys));
  const isMismatch = signature ? hasKeys && !isVerified : isSignatureRequired;
  return {
    manifest,
    isVerified,
    failures: [
      ...failures,
      ...(isVersion(version) ? [] : ["Invalid version"]),
      ...(isVersionTaken ? ["Version already exists"] : []),
      ...(isMismatch ? ["Signature mismatch"] : []),
    ],
  };
}
