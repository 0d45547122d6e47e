export type ChatMessage = { role: "system" | "user"; content: string };

type SnippetInput = {
  /** Origin of this instance without a trailing slash. */
  origin: string;
  model: string;
  messages: readonly ChatMessage[];
  /** The reader's own key; without it the snippets read BATON_API_KEY from the environment. */
  apiKey?: string | null;
};

export type Snippets = { curl: string; typescript: string; python: string; env: string };

/** One chat completion in every language we show; the only source of such code in the product. */
export function chatSnippets({ origin, model, messages, apiKey }: SnippetInput): Snippets {
  const body = [
    "{",
    `    "model": ${JSON.stringify(model)},`,
    '    "messages": [',
    messages.map((message) => `      ${jsonMessage(message)}`).join(",\n"),
    "    ]",
    "  }",
  ].join("\n");
  const list = messages.map(
    (message) => `    { role: "${message.role}", content: ${JSON.stringify(message.content)} },`,
  );
  const pythonList = messages.map((message) => `        ${jsonMessage(message)},`);
  return {
    curl: [
      `curl ${origin}/v1/chat/completions \\`,
      `  -H "Authorization: Bearer ${apiKey ?? "$BATON_API_KEY"}" \\`,
      '  -H "Content-Type: application/json" \\',
      `  -d ${shellQuote(body)}`,
    ].join("\n"),
    typescript: [
      'import OpenAI from "openai";',
      "",
      "const baton = new OpenAI({",
      `  baseURL: "${origin}/v1",`,
      `  apiKey: ${apiKey ? `"${apiKey}"` : "process.env.BATON_API_KEY"},`,
      "});",
      "",
      "const completion = await baton.chat.completions.create({",
      `  model: ${JSON.stringify(model)},`,
      "  messages: [",
      ...list,
      "  ],",
      "});",
      "console.log(completion.choices[0].message.content);",
    ].join("\n"),
    python: [
      ...(apiKey ? [] : ["import os"]),
      "from openai import OpenAI",
      "",
      "baton = OpenAI(",
      `    base_url="${origin}/v1",`,
      `    api_key=${apiKey ? `"${apiKey}"` : 'os.environ["BATON_API_KEY"]'},`,
      ")",
      "",
      "completion = baton.chat.completions.create(",
      `    model=${JSON.stringify(model)},`,
      "    messages=[",
      ...pythonList,
      "    ],",
      ")",
      "print(completion.choices[0].message.content)",
    ].join("\n"),
    env: [`BATON_API_KEY=${apiKey ?? ""}`, `OPENAI_BASE_URL=${origin}/v1`, `OPENAI_API_KEY=${apiKey ?? ""}`].join("\n"),
  };
}

// Valid JSON and valid Python alike.
function jsonMessage({ role, content }: ChatMessage): string {
  return `{"role": "${role}", "content": ${JSON.stringify(content)}}`;
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
