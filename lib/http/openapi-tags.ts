/** The subjects of the API: a path belongs to the first that matches, and each belongs to a group of the reference. */
const subjects: { name: string; description: string; group: string; paths: RegExp }[] = [
  {
    name: "Authentication",
    group: "Accounts",
    description: "Signing up, logging in, and who is calling.",
    paths: /^\/api\/auth\//,
  },
  {
    name: "Organizations",
    group: "Accounts",
    description: "The organization, its members and its invitations.",
    paths: /^\/api\/organizations/,
  },
  {
    name: "API keys",
    group: "Accounts",
    description: "Keys with scopes: made, rotated and revoked. A key is shown once, when it is made.",
    paths: /^\/api\/(api-keys|keys)/,
  },
  {
    name: "Credits and billing",
    group: "Accounts",
    description: "The prepaid balance, top-ups, and what models have cost.",
    paths: /^\/api\/(credits|billing)/,
  },
  {
    name: "Usage",
    group: "Accounts",
    description: "Figures, charts, budgets and exports of what was used.",
    paths: /^\/api\/usage/,
  },
  {
    name: "Web hooks",
    group: "Agent apps",
    description: "Signed calls to your own server when something happened, with a log of every attempt.",
    paths: /\/webhooks/,
  },
  {
    name: "Invocations",
    group: "Agent apps",
    description: "Calls of a deployed agent app, and what became of them.",
    paths: /\/(invoke|invocations)/,
  },
  {
    name: "Packages and deployments",
    group: "Agent apps",
    description: "Uploading versions of an agent app, deploying them and going back.",
    paths: /^\/api\/(agent-apps\/\{id\}\/(packages|rollback|deployments|signing-secret)|deployments|storage)/,
  },
  {
    name: "Agent apps",
    group: "Agent apps",
    description: "The apps that an organization deploys.",
    paths: /^\/api\/agent-apps/,
  },
  {
    name: "Agents and teams",
    group: "Agency",
    description: "Agents that work on a task in the background, alone or as a team of models.",
    paths: /^\/api\/(spawn|spawn-batch|spawn-team|agents?|teams|status|cancel)(\/|$)/,
  },
  {
    name: "Pricing",
    group: "Agency",
    description: "Quotes, decisions, exceptions, experiments and the policy behind them.",
    paths: /^\/api\/pricing/,
  },
  {
    name: "Budget and limits",
    group: "Agency",
    description: "Daily budget, limits of providers, recommendations, and the host they run on.",
    paths: /^\/api\/(orchestrator|rate-limits|system)/,
  },
  {
    name: "Security",
    group: "Agency",
    description: "Who may call from where, and the audit log.",
    paths: /^\/api\/security/,
  },
  {
    name: "Privacy",
    group: "Agency",
    description: "What is kept, its export and its deletion.",
    paths: /^\/api\/privacy/,
  },
  {
    name: "Work desk",
    group: "Work desk",
    description: "Projects that are worked on with a pool of AI accounts, and the hand-overs between them.",
    paths: /^\/api\/(stats|projects|accounts|handoff|knowledge|private)/,
  },
  {
    name: "Orchestration",
    group: "Orchestration",
    description: "Prompts that several models answer, judge and improve, in sessions and threads.",
    paths: /^(\/ws|\/api\/(sessions|threads|orchestration|models|analytics))/,
  },
  {
    name: "Chat",
    group: "Chat",
    description: "Conversations over HTTP, event streams and sockets.",
    paths: /^\/chat/,
  },
  {
    name: "Provider keys",
    group: "Models",
    description: "Keys of the organization's own with model providers.",
    paths: /^\/api\/provider-keys/,
  },
  {
    name: "Models",
    group: "Models",
    description: "One address for all models, in the words of OpenAI's and Anthropic's clients.",
    paths: /^\/v1/,
  },
  {
    name: "Live events",
    group: "Operations",
    description: "What happens, as it happens.",
    paths: /^\/api\/(events|runs)/,
  },
  {
    name: "Health and metrics",
    group: "Operations",
    description: "For whoever watches over the instance.",
    paths: /^(\/health|\/readiness|\/metrics|\/api\/(health|metrics|openapi\.json))/,
  },
  {
    name: "Called by others",
    group: "Operations",
    description: "Addresses for the clock and for Stripe, each with its own secret.",
    paths: /^\/api\/(cron|stripe)/,
  },
  {
    name: "Model Context Protocol",
    group: "Operations",
    description: "Baton as tools for models' clients.",
    paths: /^\/mcp/,
  },
  { name: "More", group: "Operations", description: "Everything else.", paths: /^\// },
];

/** The subject of a path. */
export const tagOf = (template: string): string => subjects.find(({ paths }) => paths.test(template))?.name ?? "More";

/** Those of the subjects that have operations, and their groups, in the order of the reference. */
export function tagsOf(used: ReadonlySet<string>) {
  const tags = subjects.filter(({ name }) => used.has(name));
  const groups = Map.groupBy(tags, ({ group }) => group);
  return {
    tags: tags.map(({ name, description }) => ({ name, description })),
    groups: [...groups].map(([name, members]) => ({ name, tags: members.map((member) => member.name) })),
  };
}
