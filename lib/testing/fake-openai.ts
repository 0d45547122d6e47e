import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the fake was sent. */
export type Received = {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  text: string;
  body: Record<string, unknown>;
  /** Of the connection: the same port, the same connection. */
  remotePort: number | undefined;
  /** Whether the other side closed the connection before the answer was complete. */
  wasAborted: boolean;
};

/** How the next request is answered. The default is a friendly completion, streamed when asked for. */
export type Script =
  /** `cutAfter`: a stream is cut within the event after so many. */
  | { type: "completion"; text?: string; toolCalls?: unknown[]; usage?: boolean; cutAfter?: number }
  | { type: "status"; status: number; body: unknown; headers?: Record<string, string> }
  | { type: "raw"; body: string; contentType?: string; status?: number }
  | { type: "silence" }
  | { type: "cut"; after: number }
  | { type: "slow-stream"; everyMs: number; chunks: number };

export type FakeOpenAI = {
  /** Ends in `/v1`, as OPENAI_BASE_URL and ANTHROPIC_BASE_URL do. */
  url: string;
  received: Received[];
  /** Scripts the next requests, one each; after them the default answers. */
  script(...scripts: Script[]): void;
  close(): Promise<void>;
};

const completionText = "Hello from the fake provider.";
const usage = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };

async function readText(request: IncomingMessage): Promise<string> {
  let text = "";
  request.setEncoding("utf8");
  for await (const part of request) text += part;
  return text;
}

function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  const own = { "content-type": "application/json", "x-provider-secret": "never-forward-me" };
  response.writeHead(status, { ...own, ...headers });
  response.end(JSON.stringify(body));
}

function beginStream(response: ServerResponse): (value: unknown) => void {
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  return (value) => response.write(`data: ${typeof value === "string" ? value : JSON.stringify(value)}\n\n`);
}

function chunksOf(model: unknown, script: Script & { type: "completion" }, includesUsage: boolean): object[] {
  const head = { id: "chatcmpl-fake", object: "chat.completion.chunk", created: 1, model };
  const tail = includesUsage ? { usage: null } : {};
  const choice = (delta: object, finish_reason: string | null = null) => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason }],
    ...tail,
  });
  const words = (script.text ?? completionText).match(/\s*\S+/g) ?? [];
  return [
    choice({ role: "assistant", content: "" }),
    ...(script.toolCalls ? [choice({ tool_calls: script.toolCalls })] : words.map((content) => choice({ content }))),
    choice({}, script.toolCalls ? "tool_calls" : "stop"),
    ...(includesUsage && script.usage !== false ? [{ ...head, choices: [], usage }] : []),
  ];
}

function completion(response: ServerResponse, { body }: Received, script: Script & { type: "completion" }): void {
  if (body.stream) {
    const options = body.stream_options as { include_usage?: boolean } | undefined;
    const chunks = chunksOf(body.model, script, options?.include_usage === true).map((chunk) => JSON.stringify(chunk));
    sendEvents(
      response,
      [...chunks, "[DONE]"].map((data) => `data: ${data}\n\n`),
      script.cutAfter,
    );
    return;
  }
  const message = script.toolCalls
    ? { role: "assistant", content: null, tool_calls: script.toolCalls }
    : { role: "assistant", content: script.text ?? completionText };
  sendJson(response, 200, {
    id: "chatcmpl-fake",
    object: "chat.completion",
    created: 1,
    model: body.model,
    choices: [{ index: 0, message, finish_reason: script.toolCalls ? "tool_calls" : "stop" }],
    ...(script.usage === false ? {} : { usage }),
  });
}

/** Sends a stream to its end, or a part of it and half an event, and is gone. */
function sendEvents(response: ServerResponse, events: string[], cutAfter = events.length): void {
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  const sent = events.slice(0, cutAfter).join("");
  if (cutAfter >= events.length) response.end(sent);
  else response.write(`${sent}${events[cutAfter]?.slice(0, 9)}`, () => response.destroy());
}

function anthropicEvents(model: unknown, words: string[]): string[] {
  const message = { id: "msg_fake", type: "message", role: "assistant", model, content: [], stop_reason: null };
  const events = [
    { type: "message_start", message: { ...message, usage: { input_tokens: usage.prompt_tokens, output_tokens: 1 } } },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    { type: "ping" },
    ...words.map((text) => ({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } })),
    { type: "content_block_stop", index: 0 },
    {
      type: "message_delta",
      delta: { stop_reason: "end_turn", stop_sequence: null },
      usage: { output_tokens: usage.completion_tokens },
    },
    { type: "message_stop" },
  ];
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

/** Anthropic's own form, which the AI SDK speaks to Anthropic's models. */
function anthropicMessage(response: ServerResponse, { body }: Received, script: Script & { type: "completion" }): void {
  const text = script.text ?? completionText;
  if (body.stream) {
    sendEvents(response, anthropicEvents(body.model, text.match(/\s*\S+/g) ?? []), script.cutAfter);
    return;
  }
  sendJson(response, 200, {
    id: "msg_fake",
    type: "message",
    role: "assistant",
    model: body.model,
    content: [{ type: "text", text }],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: { input_tokens: usage.prompt_tokens, output_tokens: usage.completion_tokens },
  });
}

function slowStream(response: ServerResponse, { body }: Received, script: Script & { type: "slow-stream" }): void {
  const send = beginStream(response);
  let left = script.chunks;
  const timer = setInterval(() => {
    left -= 1;
    send({ id: "chatcmpl-fake", model: body.model, choices: [{ index: 0, delta: { content: "word " } }] });
    if (left > 0) return;
    send("[DONE]");
    response.end();
  }, script.everyMs);
  response.on("close", () => clearInterval(timer));
}

function cutStream(response: ServerResponse, { body }: Received, script: Script & { type: "cut" }): void {
  const send = beginStream(response);
  for (let index = 0; index < script.after; index++) {
    send({ id: "chatcmpl-fake", model: body.model, choices: [{ index: 0, delta: { content: "word " } }] });
  }
  // Half an event, then nothing: what a crashing provider leaves behind.
  response.write('data: {"id":"chatcmpl-fake","cho', () => response.destroy());
}

function answer(response: ServerResponse, received: Received, script: Script): void {
  if (received.path.endsWith("/models")) {
    sendJson(response, 200, { object: "list", data: [{ id: "llama3.2" }, { id: "nomic-embed-text" }] });
  } else if (script.type === "status") {
    sendJson(response, script.status, script.body, script.headers);
  } else if (script.type === "raw") {
    response.writeHead(script.status ?? 200, { "content-type": script.contentType ?? "application/json" });
    response.end(script.body);
  } else if (script.type === "cut") {
    cutStream(response, received, script);
  } else if (script.type === "slow-stream") {
    slowStream(response, received, script);
  } else if (script.type === "completion") {
    const isAnthropic = received.path.endsWith("/messages");
    (isAnthropic ? anthropicMessage : completion)(response, received, script);
  }
}

/** A provider of models on a port of its own: OpenAI's and Anthropic's real wire formats, well behaved or as scripted. */
export async function startFakeOpenAI(): Promise<FakeOpenAI> {
  const received: Received[] = [];
  const scripts: Script[] = [];
  const server = createServer(async (request, response) => {
    const text = await readText(request);
    const { method = "GET", url: path = "/", headers } = request;
    const entry: Received = {
      method,
      path,
      headers,
      text,
      body: text ? JSON.parse(text) : {},
      remotePort: request.socket.remotePort,
      wasAborted: false,
    };
    received.push(entry);
    response.on("close", () => {
      entry.wasAborted = !response.writableFinished;
    });
    answer(
      response,
      entry,
      path.endsWith("/models") ? { type: "silence" } : (scripts.shift() ?? { type: "completion" }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    received,
    script: (...more) => void scripts.push(...more),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
