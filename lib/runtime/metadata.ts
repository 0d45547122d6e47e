import { createHash } from "node:crypto";
import type { PackageRow } from "#lib/packages/queries";
import { isDeclarative } from "#lib/runtime/choose";
import { strategyOf } from "#lib/runtime/declarative";

const digestOf = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** The facts about a package that its manifest and its file give: what a list of versions shows without reading either. */
export function metadataOf({ manifest, size, sha256, isVerified }: PackageRow): Record<string, unknown> {
  const { name, description = null, inputSchema } = manifest;
  const common = {
    name,
    description,
    runtime: manifest.runtime,
    size_bytes: size,
    sha256: sha256.toString("hex"),
    is_signature_verified: isVerified,
    manifest_sha256: digestOf(manifest),
    has_input_schema: inputSchema !== undefined,
  };
  if (!isDeclarative(manifest)) return { ...common, entrypoint: "entrypoint" in manifest ? manifest.entrypoint : null };
  const members = (manifest.team ?? []).map((member) => ({ name: member.name, model: member.model ?? null }));
  return {
    ...common,
    strategy: strategyOf(manifest).name,
    model: manifest.model ?? null,
    team: members,
    tools: (manifest.tools ?? []).map((tool) => tool.name),
  };
}
