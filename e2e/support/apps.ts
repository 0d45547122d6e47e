import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { packFolder } from "#lib/packages/pack";

const examples = join(import.meta.dirname, "../../examples");

/** A file as the browser's file fields take it. */
export type ChosenFile = { name: string; mimeType: string; buffer: Buffer };

/** One of the samples as `npm run apkg` packs it. */
export async function packSample(name: "support-reply" | "release-notes-team"): Promise<ChosenFile> {
  return { name: `${name}-1.0.0.apkg`, mimeType: "application/zip", buffer: await packFolder(join(examples, name)) };
}

/** Makes an app as a program would, with the page's login; answers its id. */
export async function createApp(page: Page, name: string, facts: object = {}): Promise<string> {
  const made = await page.request.post("/api/agent-apps", { data: { name, ...facts } });
  expect(made.status(), await made.text()).toBe(201);
  return (await made.json()).app.id;
}

/** Deploys a sample and waits until it answers; answers the deployment's id. */
export async function deploySample(page: Page, appId: string, file: ChosenFile): Promise<string> {
  const queued = await page.request.post(`/api/agent-apps/${appId}/packages/deploy`, {
    multipart: { version: "1.0.0", release_notes: "The first version.", file },
  });
  expect(queued.status(), await queued.text()).toBe(202);
  const { id } = (await queued.json()).deployment;
  await expect
    .poll(async () => (await (await page.request.get(`/api/deployments/${id}`)).json()).deployment.status)
    .toBe("completed");
  return id;
}

/** Drops a file onto what carries the label, as a hand with a mouse does. */
export async function dropFile(page: Page, label: string, { name, mimeType, buffer }: ChosenFile): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name, type, bytes }) => {
      const held = new DataTransfer();
      held.items.add(new File([Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0))], name, { type }));
      return held;
    },
    { name, type: mimeType, bytes: buffer.toString("base64") },
  );
  const zone = page.getByRole("region", { name: label });
  await zone.dispatchEvent("dragover", { dataTransfer: transfer });
  await zone.dispatchEvent("drop", { dataTransfer: transfer });
}
