import { readFile } from "node:fs/promises";
import type { Baton } from "../../client.ts";
import type { Schemas } from "../../generated.ts";
import type { Cli } from "../cli.ts";
import { command } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { Failure, misused } from "../failure.ts";
import { type App, findApp } from "../lookup.ts";
import { clean } from "../output.ts";
import { openPackage, type PackageFile } from "../package-file.ts";
import { bytes as sizeOf } from "../words.ts";

const steps = ["validate_package", "upload_to_s3", "generate_metadata", "notify_runtime", "finalize"];
/** An upload of the largest package over a slow line. */
const uploadMs = 600_000;

async function appFor(cli: Cli, baton: Baton, text: string, isCreated: true | undefined): Promise<App> {
  try {
    return await findApp(baton, text);
  } catch (error) {
    const isMissing = error instanceof Failure && error.exitCode === exitCodes.notFound;
    if (!isMissing) throw error;
    if (!isCreated) throw new Failure(error.message, error.exitCode, error.advice ?? "With --create it is made.");
    const { app } = await baton.request("POST /api/agent-apps", { body: { name: text } });
    cli.out.note(`Made the app ${app.name} (${app.id}).`);
    return app;
  }
}

type More = { version?: string; notes?: string; signature?: string };

async function upload(baton: Baton, app: App, file: PackageFile, { version, notes, signature }: More) {
  const chosen = version ?? file.version;
  if (chosen === undefined) throw misused("The package names no version", "Give it as --version, such as 1.0.0.");
  const form = new FormData();
  form.set("version", chosen);
  if (notes !== undefined) form.set("release_notes", notes);
  form.set("file", new Blob([new Uint8Array(file.bytes)], { type: "application/zip" }), file.fileName);
  if (signature) form.set("signature", new Blob([new Uint8Array(await readFile(signature))]), "signature.sig");
  return baton.request("POST /api/agent-apps/{id}/packages/deploy", {
    params: { id: app.id },
    body: form,
    timeoutMs: uploadMs,
  });
}

type Told = { step?: string; error?: string; log?: { message: string }[]; status?: string };

/** One line of progress for an event of a deployment; nothing for those that say nothing new. */
export function stepLine(out: Cli["out"], event: string, { step = "", error, log = [] }: Told): string | undefined {
  const place = `[${steps.indexOf(step) + 1}/${steps.length}] ${step}`;
  const paint = out.paintNote;
  if (event === "step.started") return `${place} …`;
  if (event === "step.completed") {
    const lines = log.map(({ message }) => `\n      ${paint("dim", clean(message))}`);
    return `${paint("green", place)} done${lines.join("")}`;
  }
  if (event === "step.failed") return `${paint("red", place)} failed: ${clean(error ?? "")}`;
  if (event === "step.retrying") return `${paint("yellow", place)} tried again: ${clean(error ?? "")}`;
  return undefined;
}

/** Tells the five steps as they happen; answers how the deployment ended. */
async function follow(cli: Cli, baton: Baton, id: string): Promise<Schemas["Deployment"]> {
  const options = { params: { id }, signal: cli.signal };
  for await (const { event, data } of baton.events("GET /api/deployments/{id}/events", options)) {
    const line = stepLine(cli.out, event, data);
    if (line) cli.out.note(line);
  }
  return (await baton.request("GET /api/deployments/{id}", { params: { id } })).deployment;
}

export const deploy = command({
  name: "deploy",
  summary: "Deploy a folder or an .apkg to an app",
  args: { package: { summary: "A folder with a manifest.json, or an .apkg" } },
  options: {
    app: { type: "string", short: "a", value: "id|name", summary: "The app to deploy to" },
    version: { type: "string", value: "version", summary: "The version, where the manifest names none" },
    create: { type: "boolean", summary: "Make the app if there is none of that name" },
    wait: { type: "boolean", short: "w", summary: "Follow the five steps to the end" },
    notes: { type: "string", value: "text", summary: "Release notes" },
    signature: { type: "string", value: "file", summary: "A detached signature of the package" },
  },
  details:
    "With --wait the exit code is 0 when the version is live, and 1 when the deployment failed or was cancelled.",
  examples: ["baton deploy ./greeter --app Greeter --create --wait"],
  async run(cli, { args, options }) {
    if (!options.app) throw misused('"baton deploy" needs --app', 'The apps: "baton apps list".');
    const file = await openPackage(args.package);
    const baton = await cli.baton();
    const app = await appFor(cli, baton, options.app, options.create);
    cli.out.note(`Uploading ${file.fileName} (${sizeOf(file.bytes.length)}) to ${app.name}`);
    const queued = await upload(baton, app, file, options);
    const { id } = queued.deployment;
    if (!options.wait) {
      cli.out.note(`Deployment ${id} is queued: baton logs ${id} --follow`);
      return cli.out.result(queued, () => id);
    }
    cli.signal.addEventListener("abort", () => cli.out.note(`It goes on: baton logs ${id} --follow`), { once: true });
    const ended = await follow(cli, baton, id);
    cli.out.result(ended, () => id);
    if (ended.status !== "completed") {
      throw new Failure(`The deployment ${id} is ${ended.status}${ended.error ? `: ${ended.error}` : ""}`);
    }
    cli.out.note(cli.out.paintNote("green", `${app.name} ${ended.version} is live.`));
  },
});
