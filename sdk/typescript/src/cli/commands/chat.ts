import { chatText, completionText } from "../../chat-text.ts";
import type { Baton } from "../../client.ts";
import { randomUuid } from "../../webcrypto.ts";
import type { Cli } from "../cli.ts";
import { command } from "../command.ts";
import { misused } from "../failure.ts";

type Message = { role: string; content: string };
type Options = {
  model?: string;
  system?: string;
  session?: string;
  memory?: true;
  mode?: "lite" | "balanced" | "quality";
  swarm?: "coding-team" | "research-team" | "creative-team" | "coding-debate";
};
/** One conversation: asks, and answers the pieces as they come. */
type Ask = (message: string, signal: AbortSignal) => AsyncGenerator<string, void, undefined>;

/** With a model it is asked directly and the conversation is kept here; without one the server keeps the session. */
function conversation(baton: Baton, { model, system, memory, session, mode, swarm }: Options): Ask {
  if (model === undefined) {
    const shared = {
      ...(session !== undefined && { session_id: session }),
      ...(mode !== undefined && { optimization_mode: mode }),
      ...(swarm !== undefined && { swarm_type: swarm }),
      ...(memory && { use_memory: true }),
    };
    return (message, signal) => chatText(baton, { message, ...shared }, signal);
  }
  const messages: Message[] = system === undefined ? [] : [{ role: "system", content: system }];
  return async function* (content, signal) {
    const asked = [...messages, { role: "user", content }];
    let answer = "";
    for await (const piece of completionText(baton, { model, messages: asked }, signal)) {
      answer += piece;
      yield piece;
    }
    messages.splice(0, messages.length, ...asked, { role: "assistant", content: answer });
  };
}

async function answer({ out }: Cli, pieces: AsyncIterable<string>, about: object): Promise<void> {
  let text = "";
  for await (const piece of pieces) {
    text += piece;
    if (out.isJson) out.record({ type: "token", token: piece });
    else out.piece(piece);
  }
  if (out.isJson) out.record({ type: "done", response: text, ...about });
  else if (!text.endsWith("\n")) out.piece("\n");
}

/** Asks line after line. Ctrl+C stops an answer, and between answers the conversation; so does Ctrl+D. */
async function converse(cli: Cli, ask: Ask, about: object): Promise<void> {
  cli.out.note('An empty line is not sent. Ctrl+C stops an answer; Ctrl+D or "/exit" ends.');
  const lines = cli.terminal.open("> ");
  let answering: AbortController | undefined;
  const stop = () => (answering ? answering.abort(cli.signal.reason) : lines.close());
  lines.on("SIGINT", stop);
  cli.signal.addEventListener("abort", () => lines.close());
  lines.prompt();
  for await (const line of lines) {
    const message = line.trim();
    if (message === "/exit") break;
    if (message) {
      answering = new AbortController();
      const { signal } = answering;
      await answer(cli, ask(message, signal), about).catch((error: unknown) => {
        if (!signal.aborted) throw error;
        cli.out.note("\n(stopped)");
      });
      answering = undefined;
    }
    lines.prompt();
  }
  lines.close();
}

/** What to ask: the words, with standard input in the place of `-`; nothing where somebody is there to be asked. */
async function messageOf(cli: Cli, words: string | undefined): Promise<string | undefined> {
  if (words === undefined) return cli.terminal.isPiped ? cli.unlessInterrupted(cli.terminal.read()) : undefined;
  const parts = words.split(" ");
  if (!parts.includes("-")) return words;
  const piped = await cli.unlessInterrupted(cli.terminal.read());
  return parts.map((part) => (part === "-" ? `\n\n${piped}` : part)).join(" ");
}

export const chat = command({
  name: "chat",
  summary: "Ask, and read the answer as it comes; without a message, talk",
  args: { message: { summary: "What to ask; - stands for standard input", optional: true, rest: true } },
  options: {
    model: { type: "string", short: "m", value: "name", summary: "Ask this model directly (see baton models)" },
    system: { type: "string", value: "text", summary: "With --model: what comes before the conversation" },
    session: { type: "string", short: "s", value: "id", summary: "Go on with this session, or begin it" },
    memory: { type: "boolean", summary: "Give the session's earlier turns along" },
    mode: { type: "string", choices: ["lite", "balanced", "quality"], summary: "By price or by quality" },
    swarm: {
      type: "string",
      choices: ["coding-team", "research-team", "creative-team", "coding-debate"],
      summary: "Let a team answer, or a debate",
    },
  },
  details:
    "With --json each piece is a line {type: token, token}, then comes {type: done, response}.\nStandard input is the message when it is piped in and no message is given.",
  examples: [
    'baton chat "Why are there tides?"',
    "git diff | baton chat Review this change: -",
    "baton chat --model sonnet < question.txt",
  ],
  endsItself: true,
  async run(cli, { args, options }) {
    const { model, session, memory, mode, swarm, system } = options;
    if (model !== undefined && (session || memory || mode || swarm)) {
      throw misused(
        "--model asks a model directly; --session, --memory, --mode and --swarm belong to chats without it",
      );
    }
    if (model === undefined && system !== undefined) throw misused("--system needs --model");
    const message = await messageOf(cli, args.message);
    if (message?.trim() === "") throw misused("There is no message");
    const baton = await cli.baton();
    if (message !== undefined) {
      const about = model === undefined ? { session_id: session ?? null } : { model };
      return answer(cli, conversation(baton, options)(message, cli.signal), about);
    }
    if (!cli.terminal.isInteractive) throw misused("There is no message", 'Type it: baton chat "Hello"');
    const begun = model === undefined ? { session: session ?? (await randomUuid()), memory: true as const } : {};
    await converse(cli, conversation(baton, { ...options, ...begun }), begun);
  },
});
