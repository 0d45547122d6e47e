import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createOrganization } from "../../../../lib/testing/factories.ts";
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

    test("chat without a message talks until /exit, and remembers", async () => {
      const { apiKey } = await createOrganization();
      const chat = open(["chat", "--model", "gpt4"], { BATON_URL: host.url, BATON_API_KEY: apiKey });
      await until(chat, (said) => said.includes("> "));
      chat.type("Why are there tides?\r");
      await until(chat, (said) => said.split("> ").length > 2);
      chat.type("/exit\r");
      const { code, out } = await chat.ended;
      expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/tides\?[^>]{20,}> /) });
    });

    test("results are coloured, and not when NO_COLOR is set", async () => {
      const { apiKey } = await createOrganization();
      const env = { BATON_URL: host.url, BATON_API_KEY: apiKey };
      expect((await open(["credits"], env).ended).out).toContain("\u001b[2mCredits");
      expect((await open(["credits"], { ...env, NO_COLOR: "1" }).ended).out).not.toContain("\u001b[");
    });
  });
}
