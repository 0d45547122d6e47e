type Target = {
  /** Origin of this instance without a trailing slash. */
  origin: string;
  /** The reader's own key; without it the code reads BATON_API_KEY from the environment. */
  apiKey?: string | null;
};

export type OrchestrationCall = {
  prompt: string;
  domain: string;
  /** Empty: any active one. */
  models: readonly string[];
  threshold: number;
  rounds: number;
  candidates: number;
  /** US dollars; null for none. */
  costLimit: number | null;
  /** The quote that the work is sold under. */
  quoteId?: string | null;
};

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const indent = (value: unknown, by: number) => JSON.stringify(value, null, 2).replaceAll("\n", `\n${" ".repeat(by)}`);

/** Opens an orchestration session from a terminal. */
export function createSessionCommand({ origin, apiKey }: Target): string {
  return [
    `curl ${origin}/api/sessions/ \\`,
    `  -H "Authorization: Bearer ${apiKey ?? "$BATON_API_KEY"}" \\`,
    '  -H "Content-Type: application/json" \\',
    `  -d ${quoted('{"user_id": "ada", "max_iterations": 3, "settings": {"cost_limit": 1}}')}`,
  ].join("\n");
}

function bodies({ prompt, domain, models, threshold, rounds, candidates, costLimit, quoteId }: OrchestrationCall) {
  return {
    session: {
      user_id: "my-program",
      max_iterations: rounds,
      settings: { preferred_models: models, cost_limit: costLimit },
    },
    thread: { original_prompt: prompt, domain },
    start: { settings: { evaluation_threshold: threshold, candidates }, ...(quoteId && { quote_id: quoteId }) },
  };
}

/** One orchestration from session to result in every language we show. */
export function orchestrationSnippets({ origin, apiKey, ...call }: Target & OrchestrationCall) {
  const { session, thread, start } = bodies(call);
  const completion = {
    model: "baton/refine",
    messages: [{ role: "user", content: call.prompt }],
    baton: {
      max_rounds: Math.min(call.rounds, 10),
      threshold: call.threshold,
      ...(call.models.length > 0 && { models: call.models.slice(0, 8) }),
    },
  };
  return {
    curl: [
      `curl ${origin}/v1/chat/completions \\`,
      `  -H "Authorization: Bearer ${apiKey ?? "$BATON_API_KEY"}" \\`,
      '  -H "Content-Type: application/json" \\',
      `  -d ${quoted(indent(completion, 2))}`,
    ].join("\n"),
    typescript: [
      `const apiKey = ${apiKey ? `"${apiKey}"` : "process.env.BATON_API_KEY"};`,
      "async function baton(path, body) {",
      `  const response = await fetch("${origin}/api" + path, {`,
      '    method: body ? "POST" : "GET",',
      '    headers: { Authorization: "Bearer " + apiKey, "Content-Type": "application/json" },',
      "    body: body && JSON.stringify(body),",
      "  });",
      "  if (!response.ok) throw new Error(await response.text());",
      "  return response.json();",
      "}",
      "",
      `const session = await baton("/sessions/", ${indent(session, 0)});`,
      `const thread = await baton("/threads/", { session_id: session._id, ...${indent(thread, 0)} });`,
      `let run = await baton("/orchestration/start", { thread_id: thread._id, ...${indent(start, 0)} });`,
      'while (run.status === "queued" || run.status === "running") {',
      "  await new Promise((resolve) => setTimeout(resolve, 1000));",
      '  run = await baton("/orchestration/status/" + run._id);',
      "}",
      "console.log(run.final_score, run.final_response);",
    ].join("\n"),
    python: [
      "import json, os, time, urllib.request",
      "",
      `api_key = ${apiKey ? `"${apiKey}"` : 'os.environ["BATON_API_KEY"]'}`,
      "def baton(path, body=None):",
      "    request = urllib.request.Request(",
      `        "${origin}/api" + path,`,
      "        data=json.dumps(body).encode() if body else None,",
      '        headers={"Authorization": "Bearer " + api_key, "Content-Type": "application/json"},',
      "    )",
      "    with urllib.request.urlopen(request) as response:",
      "        return json.load(response)",
      "",
      `session = baton("/sessions/", json.loads(${pythonText(session)}))`,
      `thread = baton("/threads/", {"session_id": session["_id"], **json.loads(${pythonText(thread)})})`,
      `run = baton("/orchestration/start", {"thread_id": thread["_id"], **json.loads(${pythonText(start)})})`,
      'while run["status"] in ("queued", "running"):',
      "    time.sleep(1)",
      '    run = baton("/orchestration/status/" + run["_id"])',
      'print(run["final_score"], run["final_response"])',
    ].join("\n"),
  };
}

/** A value as JSON within a string of Python, whose literals for strings are those of JSON. */
function pythonText(value: unknown): string {
  return JSON.stringify(JSON.stringify(value));
}
