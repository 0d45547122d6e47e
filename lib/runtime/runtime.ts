import type { Context } from "#lib/context";
import type { Manifest } from "#lib/packages/manifest";
import type { Tokens } from "#lib/runs/strategies/allowance";
import type { StrategyEvent } from "#lib/runs/strategies/step";

/** A version of an app that is or was deployed. `sha256` is in hex, `size` in bytes. */
export type DeployablePackage = {
  id: string;
  agentAppId: string;
  organizationId: string;
  version: string;
  objectKey: string;
  size: number;
  sha256: string;
  manifest: Manifest;
};

/** One call of a deployed version, in its run. `deadline` is on the clock of `Date.now()`. */
export type RuntimeCall = {
  runId: string;
  input: unknown;
  signal: AbortSignal;
  deadline: number;
  /** What the call may use in all, where it was quoted. */
  ceiling?: Tokens | undefined;
};

/** What a call comes to. The score is from 0 to 10, null when nobody judged. */
export type RuntimeResult = {
  output: string;
  score: number | null;
  model: string | null;
  /** The quoted tokens were used up, and this is what was there by then. */
  isCutShort?: boolean;
};

/** What carries out deployed versions. */
export type Runtime = {
  name: "declarative" | "external";
  /** Throws `validation` when a version can never run here. */
  check(manifest: Manifest): void;
  /** Makes a version ready to be called; may be repeated. Answers what was done, for the log. */
  activate(pkg: DeployablePackage, deploymentId: string, signal: AbortSignal): Promise<string>;
  /** Calls a version; tells each step of it as it ends. */
  invoke(ctx: Context, pkg: DeployablePackage, call: RuntimeCall): AsyncGenerator<StrategyEvent, RuntimeResult>;
};
