/** How an address is written in the document: one parameter takes the whole rest of a path. */
export const pathOfTemplate = (template: string) => template.replace("{...", "{");

// "/sessions/user/{user_id}" and "/sessions/{id}/status" could be one address, which the paths of a document must not.
const ownServers: Record<string, string> = { "/api/sessions/user/{user_id}": "/api/sessions" };

/** Where the document shows an address: below which server, when not the document's own, and as which path. */
export function placeOf(template: string): { server: string | undefined; path: string } {
  const path = pathOfTemplate(template);
  const server = ownServers[path];
  return { server, path: path.slice(server?.length ?? 0) };
}

/** The name of an operation that declares none: its method and the words of its address. */
export function derivedName(method: string, template: string): string {
  const words = template.split(/[^a-zA-Z0-9]+/).filter(Boolean);
  return `${method.toLowerCase()}${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")}`;
}

const known: Record<string, string> = {
  limit: "How many to answer with; above 100 counts as 100.",
  offset: "How many to leave out from the start.",
  cursor: "Where the page before ended, as its `pagination.cursor` says.",
  days: "How many days to look back.",
  from: "The first day or moment that counts.",
  to: "The last day or moment that counts.",
  start: "The first day, such as `2026-02-01`.",
  end: "The last day, such as `2026-02-19`.",
  token: "The link's own part: who has it may use it.",
  model: "Only of this model.",
  team: "The team's id, such as `team_coding`.",
  name: "The model's name, such as `gpt4`.",
  ip: "The address.",
  client_id: "A name of your own for the client.",
  session_id: "The session's id.",
  user_id: "The user's id, as sessions name it.",
  userId: "The member's user id.",
  agent_id: "The agent's id, such as `subagent_1234567890_1234`.",
  project_id: "Only of this project.",
  account_id: "Only of this account.",
  api_key_id: "Only of this API key.",
  run_id: "Only of this run.",
  ip_address: "Only from this address.",
  resource_type: "Only about this kind of thing.",
  resource_id: "Only about this thing.",
  text_contains: "Only entries that hold this text.",
  created_after: "Only what was made after this moment or day.",
  created_before: "Only what was made before this moment or day.",
  cost_gt: "Only what cost more than this, in dollars.",
  cost_lt: "Only what cost less than this, in dollars.",
  message: "What to say.",
  optimization_mode: "How much effort an answer is worth.",
  swarm_type: "A team of models that answers instead of one.",
  use_memory: "Whether earlier messages of the session are read.",
  by: "What to break it down by.",
  "X-API-Key": "The key, as version 3 took it.",
};

/** `agent-apps` is `agent app`. */
const singular = (segment: string) =>
  segment
    .replaceAll("-", " ")
    .replace(/ies$/, "y")
    .replace(/(?<!s)s$/, "");

/** What a parameter without words of its own means. */
export function describeParameter(name: string, place: string, template: string): string {
  if (place === "path" && template === "/v1/models/{model}") return "The model's id; slashes in it stay as they are.";
  if (place === "path" && /^id$|Id$|_id$/.test(name) && !(name in known)) {
    const segments = template.split("/");
    const before = segments[segments.indexOf(`{${name}}`) - 1] ?? "thing";
    return `The id of the ${singular(name === "id" ? before : name.replace(/_?[iI]d$/, "").replaceAll("_", " "))}.`;
  }
  return known[name] ?? `Only of this ${name.replaceAll("_", " ")}.`;
}
