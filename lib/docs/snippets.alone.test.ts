import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { type Fence, fencesOf } from "#lib/docs/markdown";
import { findGuide, listGuides } from "#lib/docs/read";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";
import { startSecondHost } from "#lib/testing/second-host";
import { runProgram, runShell } from "#lib/testing/snippets";
import { startWebhookReceiver } from "#lib/testing/webhook-receiver";
import { newWebhookSecret, signedHeaders } from "#lib/webhooks/signature";
import { startWorker } from "#server/worker";

// What is queued is taken by workers of this file, so nobody else's jobs may be there.
const environment = await ownDatabase();
const host = await startSecondHost(environment);
const receiver = await startWebhookReceiver();
const worker = startWorker();
afterAll(async () => {
  await Promise.all([host.stop(), receiver.close(), worker.stop(5_000)]);
});

const guides = (await listGuides()).map(({ slug, markdown }) => ({ slug, fences: fencesOf(markdown) }));
const codeLanguages = ["sh", "js", "ts", "python"];
const code = guides.flatMap(({ slug, fences }) =>
  fences.filter(({ language }) => codeLanguages.includes(language)).map((fence) => ({ slug, ...fence })),
);
const reasonOf = ({ meta }: Fence) => /^no-run: (.+)$/.exec(meta)?.[1];
const isShell = (fence: Fence) => fence.language === "sh" && reasonOf(fence) === undefined;
/** The status that the guide promises: any 2xx, unless its fence says another one. */
const promised = ({ meta }: Fence) => Number(/^status=(\d{3})$/.exec(meta)?.[1] ?? 0);

const hasPython = spawnSync("python3", ["--version"]).status === 0;

async function target() {
  const { apiKey } = await createOrganization();
  return { origin: host.url, apiKey, receiver: receiver.url, path: process.env.PATH ?? "" };
}

test("every block has a language that pages highlight, and says why when it is not run", () => {
  for (const { slug, fences } of guides)
    for (const { language, line } of fences)
      expect([...codeLanguages, "json", "ini", "text"], `${slug}.md:${line}`).toContain(language);
  const known = /^(|status=\d{3}|run|verify|no-run: .{5,})$/;
  expect(code.filter(({ meta }) => !known.test(meta))).toEqual([]);
  expect(code.filter(({ language, meta }) => language !== "sh" && meta === "")).toEqual([]);
});

test("most curl snippets are run; the others are listed with the reason", () => {
  const curl = code.filter((fence) => /(^|[\s(|])curl /.test(fence.code));
  const left = curl.filter((fence) => reasonOf(fence) !== undefined);
  expect(curl.length - left.length).toBeGreaterThan(20);
  expect(left.map(({ slug, meta }) => `${slug}: ${meta}`)).toEqual([
    "packages: no-run: the link is made by the call before",
    "orchestration: no-run: the stream has no end",
  ]);
});

describe.each(guides.filter(({ fences }) => fences.some(isShell)))("$slug", ({ slug, fences }) => {
  test("its shell snippets answer as the guide says", async () => {
    const shell = fences.filter(isShell);
    const ran = await runShell(shell, await target());
    ran.forEach(({ line, statuses, exitCode, output, complaints }, at) => {
      const place = `${slug}.md:${line}: ${output.slice(0, 500)} ${complaints}`;
      const fence = shell[at];
      expect({ exitCode, complaints }, place).toEqual({ exitCode: 0, complaints: "" });
      const calls = fence?.code.match(/(^|[\s(|])(curl|call) (?!\(\))/gm)?.length ?? 0;
      if (calls > 0) expect(statuses.length, place).toBeGreaterThan(0);
      const status = fence ? promised(fence) : 0;
      for (const one of statuses) {
        if (status) expect(one, place).toBe(status);
        else expect(one >= 200 && one < 300, `${place} answered ${one}`).toBe(true);
      }
    });
  }, 120_000);
});

const programs = code.filter(({ meta }) => meta === "run");
test.each(programs.filter(({ language }) => language !== "python" || hasPython))(
  "the $language program in $slug, line $line, runs to its end",
  async (fence) => {
    const { exitCode, complaints } = await runProgram(fence, await target());
    expect({ exitCode, complaints }).toEqual({ exitCode: 0, complaints: "" });
  },
  60_000,
);

const secrets = [newWebhookSecret(), "a secret of plain words"];
const payload = JSON.stringify({ event: "webhook.test", data: { words: "ü \u{1f30a}" } });
const nowSeconds = () => Math.floor(Date.now() / 1_000);
const headersOf = (signing: string[], unixSeconds: number) =>
  signedHeaders({ endpointId: "e", deliveryId: "d", event: "webhook.test", payload, secrets: signing, unixSeconds });

/** What must be taken and what must not: headers, body, secret, and whether it is ours. */
const cases = secrets.flatMap((secret) => [
  [headersOf([secret], nowSeconds()), payload, secret, true],
  [headersOf([newWebhookSecret(), secret], nowSeconds()), payload, secret, true],
  [headersOf([secret], nowSeconds()), `${payload} `, secret, false],
  [headersOf([secret], nowSeconds()), payload, "whsec_c29tZWJvZHkgZWxzZQ==", false],
  [headersOf([secret], nowSeconds() - 301), payload, secret, false],
  [headersOf([secret], nowSeconds() + 600), payload, secret, false],
  [headersOf([], nowSeconds()), payload, secret, false],
  [{}, payload, secret, false],
]);

async function verifier(language: string): Promise<string> {
  const { markdown } = (await findGuide("web-hooks")) ?? { markdown: "" };
  const found = fencesOf(markdown).find((fence) => fence.language === language && fence.meta === "verify");
  if (!found) throw new Error(`The guide verifies nothing in ${language}.`);
  return found.code;
}

test("the TypeScript of the guide takes what Baton signed and nothing else", async () => {
  const folder = await mkdtemp(join(tmpdir(), "baton-docs-"));
  const file = join(folder, "verify.ts");
  await writeFile(file, await verifier("ts"));
  const { isFromBaton } = await import(/* @vite-ignore */ pathToFileURL(file).href);
  for (const [headers, body, secret, isOurs] of cases) expect(isFromBaton(headers, body, secret)).toBe(isOurs);
  await rm(folder, { recursive: true });
});

test("the Python of the guide takes the same", async () => {
  const lines = [
    await verifier("python"),
    "import json, sys",
    "for headers, body, secret, is_ours in json.load(sys.stdin):",
    "    assert is_from_baton(headers, body.encode(), secret) is is_ours, (headers, secret)",
  ].join("\n");
  const { status, stderr } = spawnSync("python3", ["-c", lines], { input: JSON.stringify(cases), encoding: "utf8" });
  // A machine without Python has nothing that could go wrong with it.
  expect(hasPython ? { status, stderr } : { status: 0, stderr: "" }).toEqual({ status: 0, stderr: "" });
});
