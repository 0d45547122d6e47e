import { createServer } from "node:http";

/** A provider that answers at once: a chat completion of about 600 bytes, or a stream of 40 chunks. */
const usage = { prompt_tokens: 20, completion_tokens: 80, total_tokens: 100 };
const completion = JSON.stringify({
  id: "chatcmpl-bench",
  object: "chat.completion",
  created: 1_700_000_000,
  model: "bench",
  choices: [{ index: 0, message: { role: "assistant", content: "word ".repeat(80) }, finish_reason: "stop" }],
  usage,
});
const chunk = (delta: object, finish: string | null) =>
  `data: ${JSON.stringify({ id: "chatcmpl-bench", object: "chat.completion.chunk", created: 1_700_000_000, model: "bench", choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const stream = [
  ...Array.from({ length: 38 }, () => chunk({ content: "word " }, null)),
  chunk({}, "stop"),
  `data: ${JSON.stringify({ id: "chatcmpl-bench", object: "chat.completion.chunk", created: 1_700_000_000, model: "bench", choices: [], usage })}\n\n`,
  "data: [DONE]\n\n",
];

createServer(async (request, response) => {
  let text = "";
  for await (const part of request) text += part;
  if (!text.includes('"stream":true')) {
    response.writeHead(200, { "content-type": "application/json" });
    return response.end(completion);
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const part of stream) response.write(part);
  return response.end();
}).listen(Number(process.argv[2]), "127.0.0.1");
