import { processNext } from "#lib/deployments/worker";
import { apkg, packageForm } from "#lib/testing/archives";
import { type Sent, send } from "#lib/testing/client";

/** A declarative agent that needs nothing. */
export const simpleManifest = { name: "greeter", instructions: "Greet whoever is named in the input." };

/** An app of the organization whose key is given; answers its id. */
export async function createTestApp(apiKey: string, name = "Greeter"): Promise<string> {
  const { body } = await send("POST /api/agent-apps", { apiKey, body: { name } });
  return body.app.id;
}

/** Deploys a package with that manifest, as a program would (C20). */
export function deploy(
  apiKey: string,
  appId: string,
  version: string,
  manifest: object = simpleManifest,
  extra: Record<string, string> = {},
): Promise<Sent> {
  const form = packageForm(apkg(manifest), { version, ...extra });
  return send(`POST /api/agent-apps/${appId}/packages/deploy`, { apiKey, body: form });
}

/** Carries out everything that may run now, of whichever test; answers how many deployments that were. */
export async function workOff(): Promise<number> {
  for (let done = 0; ; done++) if (!(await processNext())) return done;
}

/** The deployment as C31 shows it. */
export async function statusOf(apiKey: string, id: string) {
  const { body } = await send(`GET /api/deployments/${id}`, { apiKey });
  return body.deployment;
}

const lookMs = 50;
const looksMax = 300;

/** Deploys that manifest and carries it out; answers the app's id. Throws unless it completed within 15 s. */
export async function deployed(apiKey: string, manifest: object = simpleManifest, version = "1.0.0"): Promise<string> {
  const appId = await createTestApp(apiKey);
  const { body } = await deploy(apiKey, appId, version, manifest);
  for (let looks = 1; ; looks++) {
    await workOff();
    const { status, error } = await statusOf(apiKey, body.deployment.id);
    if (status === "completed") return appId;
    if (status === "failed" || looks === looksMax) throw new Error(`The deployment is ${status}: ${error}`);
    // Another file on the same database, which also takes whatever waits, has it in hand.
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}

/** The events of a stream that has ended, as its reader sees them. */
export function eventsIn(text: string) {
  return text
    .split("\n\n")
    .filter((block) => block.includes("event: "))
    .map((block) => {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
      return { id: field("id"), event: field("event") ?? "", data: JSON.parse(field("data") ?? "null") };
    });
}
