import { clearSession, endSession, getHistory } from "#lib/chat/sessions";
import type { Context } from "#lib/context";
import { invalid, unlessMissing } from "#lib/errors";
import type { ChatAddress } from "#lib/sockets/chat-protocol";

export type Command = (ctx: Context, address: ChatAddress) => Promise<{ result: unknown; closes?: true }>;

/** So that the answer stays well below what a slow reader may have waiting. */
const historyCharactersMax = 200_000;

const described = {
  help: "What can be said here.",
  history: "What was said in this session, oldest first.",
  clear: "Forget what was said in this session.",
  end: "End the session and close the connection.",
};

const commands: Record<keyof typeof described, Command> = {
  help: async () => ({
    result: {
      commands: described,
      types: {
        chat: "{message, context?, optimization_mode?, swarm_type?, use_memory?}: one answer.",
        stream: "The same, answered piece by piece.",
        control: "{action: ping, pong or status}",
      },
    },
  }),
  history: async (ctx, { sessionId }) => ({
    // Nothing was said yet: over a connection the session is there all the same.
    result: (await unlessMissing(getHistory(ctx, sessionId, historyCharactersMax))) ?? {
      session_id: sessionId,
      turns: [],
    },
  }),
  clear: async (ctx, { sessionId }) => ({ result: { cleared: await clearSession(ctx, sessionId) } }),
  end: async (ctx, { sessionId, clientId }) => {
    await endSession(ctx, sessionId, clientId);
    return { result: { ended: true }, closes: true };
  },
};

const isName = (name: unknown): name is keyof typeof commands =>
  typeof name === "string" && Object.hasOwn(commands, name);

/** The command of that name. Throws `validation`. */
export function commandNamed(name: unknown): { name: string; run: Command } {
  if (isName(name)) return { name, run: commands[name] };
  const message = `Must be one of ${Object.keys(commands).join(", ")}`;
  throw invalid([{ field: "data.command", message }]);
}
