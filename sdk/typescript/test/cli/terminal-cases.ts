import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createOrganization } from "../../../../lib/testing/factories.ts";
import { events, startFlakyServer } from "../flaky-server.ts";
import { cliIn, hasTerminal, main, until } from "./program.ts";

const quoted = (words: string[]) => words.map((word) => `'${word}'`).join(" ");

export function terminalCases(host: { url: string }): void {
  describe.runIf(hasTerminal)("at a terminal", () => {
    const { home, start } = cliIn(() => ({ TERM: "xterm" }));
    /** The program where somebody types. */
    const open = (words: string[], env: Record<string, string> = {}) => {
      const line = quoted([process.execPath, main, ...words]);
      const started = start([line, "/dev/null"], { program: ["script", "-qec"], env, isOpen: true });
      const type = (text: string) => started.child.stdin?.write(text);
      return { ...started, type };
    };

    test("login asks for what it needs and shows nothing of the key", async () => {
      const { apiKey } = await createOrganization({ name: "Tides Ltd" });
      const login = open(["login"]);
      await until(login, (said) => said.includes("Address (http://localhost:3000): "));
      login.type(`${host.url}\r`);
      await until(login, (said) => said.includes("API key"));
      login.type(`${apiKey}\r`);
      const { code, out } = await login.ended;
      expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("for Tides Ltd") });
      expect(out).not.toContain(apiKey.slice(0, 20));
      expect(JSON.parse(readFileSync(join(home, ".config/baton/config.json"), "utf8")).profiles.default.key).toBe(
        apiKey,
      );
    });

    test("chat without a message talks until /exit, each question with what was said before", async () => {
      const piece = `data: ${JSON.stringify({ choices: [{ delta: { content: "The moon." } }] })}\n\n`;
      await using server = await startFlakyServer(events(`${piece}data: [DONE]\n\n`));
      const chat = open(["chat", "--model", "gpt4"], { BATON_URL: server.url, BATON_API_KEY: "k" });
      for (const [at, question] of ["Why tides?", "Really?", "/exit"].entries()) {
        await until(chat, (said) => said.split("> ").length > at + 1);
        chat.type(`${question}\r`);
      }
      expect(await chat.ended).toMatchObject({ code: 0, out: expect.stringContaining("The moon.") });
      const asked = server.received.map(({ body }) => JSON.parse(body).messages);
      const first = { role: "user", content: "Why tides?" };
      const answer = { role: "assistant", content: "The moon." };
      expect(asked).toEqual([[first], [first, answer, { role: "user", content: "Really?" }]]);
    });

    test("results are coloured, and not when NO_COLOR is set", async () => {
      const { apiKey } = await createOrganization();
      const env = { BATON_URL: host.url, BATON_API_KEY: apiKey };
      expect((await open(["credits"], env).ended).out).toContain("\u001b[2mCredits");
      expect((await open(["credits"], { ...env, NO_COLOR: "1" }).ended).out).not.toContain("\u001b[");
    });
  });
}
