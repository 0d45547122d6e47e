import type { DeclarativeManifest, Manifest } from "#lib/packages/manifest";
import { declarativeRuntime } from "#lib/runtime/declarative";
import { externalRuntime } from "#lib/runtime/external";
import type { Runtime } from "#lib/runtime/runtime";

/** Whether Baton runs it itself. */
export function isDeclarative(manifest: Manifest): manifest is DeclarativeManifest {
  return manifest.runtime === "declarative";
}

/** Who runs packages with such a manifest. */
export function runtimeOf(manifest: Manifest): Runtime {
  return isDeclarative(manifest) ? declarativeRuntime : externalRuntime;
}
