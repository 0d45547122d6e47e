type Target = {
  /** Origin of this instance without a trailing slash. */
  origin: string;
  /** The reader's own key; without it the commands read BATON_API_KEY from the environment. */
  apiKey?: string | null;
};

const bearer = (apiKey: string | null | undefined) => `-H "Authorization: Bearer ${apiKey ?? "$BATON_API_KEY"}"`;
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Creates an agent app from a terminal. */
export function createAppCommand({ origin, apiKey }: Target): string {
  return [
    `curl ${origin}/api/agent-apps \\`,
    `  ${bearer(apiKey)} \\`,
    '  -H "Content-Type: application/json" \\',
    `  -d ${quoted('{"name": "Support reply"}')}`,
  ].join("\n");
}

/** Packs a sample, uploads it to an app and deploys it, from a terminal. */
export function deployCommand({ origin, apiKey, appId }: Target & { appId: string }): string {
  return [
    "npm run apkg -- examples/support-reply",
    `curl ${origin}/api/agent-apps/${appId}/packages/deploy \\`,
    `  ${bearer(apiKey)} \\`,
    "  -F version=1.0.0 -F file=@support-reply-1.0.0.apkg",
  ].join("\n");
}

type Call = Target & {
  appId: string;
  input: unknown;
  /** The quote under which the call is sold; empty for none. */
  quoteId?: string;
};

/** One call of a deployed app in every language we show. */
export function invokeSnippets({ origin, apiKey, appId, input, quoteId }: Call) {
  const url = `${origin}/api/agent-apps/${appId}/invoke`;
  const call = { input, ...(quoteId && { quote_id: quoteId }) };
  const body = JSON.stringify(call, null, 2);
  return {
    curl: [
      `curl ${url} \\`,
      `  ${bearer(apiKey)} \\`,
      '  -H "Content-Type: application/json" \\',
      `  -d ${quoted(body)}`,
    ].join("\n"),
    typescript: [
      `const response = await fetch("${url}", {`,
      '  method: "POST",',
      "  headers: {",
      `    Authorization: ${apiKey ? `"Bearer ${apiKey}"` : '"Bearer " + process.env.BATON_API_KEY'},`,
      '    "Content-Type": "application/json",',
      "  },",
      `  body: JSON.stringify(${indent(body, 2)}),`,
      "});",
      "if (!response.ok) throw new Error(await response.text());",
      "const { output } = await response.json();",
      "console.log(output);",
    ].join("\n"),
    python: [
      ...(apiKey ? [] : ["import os"]),
      "import json, urllib.request",
      "",
      "request = urllib.request.Request(",
      `    "${url}",`,
      `    data=json.dumps(${python(call)}).encode(),`,
      "    headers={",
      `        "Authorization": ${apiKey ? `"Bearer ${apiKey}"` : "f\"Bearer {os.environ['BATON_API_KEY']}\""},`,
      '        "Content-Type": "application/json",',
      "    },",
      ")",
      "with urllib.request.urlopen(request) as response:",
      '    print(json.load(response)["output"])',
    ].join("\n"),
  };
}

function indent(text: string, by: number): string {
  return text.replaceAll("\n", `\n${" ".repeat(by)}`);
}

/** A JSON value as Python writes it. */
function python(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const pairs = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${python(item)}`);
  return `{${pairs.join(", ")}}`;
}
