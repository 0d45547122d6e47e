/** The groups of the guides, in the order of the sidebar. */
export const guideGroups = [
  "Start",
  "Agent apps",
  "Models and agents",
  "Money",
  "Programs and tools",
  "Operating",
  "Reference",
] as const;

export type GuideEntry = {
  /** The file `docs/<slug>.md` and the page `/docs/<slug>`. */
  slug: string;
  group: (typeof guideGroups)[number];
  /** One line for the index of guides and for llms.txt. */
  description: string;
};

/** Every guide, in reading order. A file in docs/ without a line here, or the other way round, fails a test. */
export const guideEntries: readonly GuideEntry[] = [
  { slug: "quick-start", group: "Start", description: "From an empty machine to an answer, an agent and a dashboard" },
  { slug: "packages", group: "Agent apps", description: "What an agent package is, and what its manifest says" },
  { slug: "deploying", group: "Agent apps", description: "From a package to a deployed version that answers calls" },
  { slug: "runtime", group: "Agent apps", description: "How deployed agents run, and runtimes of your own" },
  {
    slug: "models",
    group: "Models and agents",
    description: "OpenAI's and Anthropic's API, models, fallback, caching, provider keys of your own",
  },
  {
    slug: "orchestration",
    group: "Models and agents",
    description: "Generate, judge, improve: sessions, threads, rounds, limits, and the baton/* models",
  },
  { slug: "agents", group: "Models and agents", description: "Agents and teams on a daily budget" },
  { slug: "live", group: "Models and agents", description: "Live answers and events, over sockets or event streams" },
  {
    slug: "work-desk",
    group: "Models and agents",
    description: "Projects, a pool of AI accounts, and hand-overs between them",
  },
  { slug: "billing", group: "Money", description: "Credits, holds, metering, Stripe, automatic top-ups, refunds" },
  { slug: "pricing", group: "Money", description: "Selling agent work: quotes, guard-rails, decisions, exceptions" },
  {
    slug: "web-hooks",
    group: "Programs and tools",
    description: "Events, signatures, retries and replay of web hooks",
  },
  { slug: "sdks", group: "Programs and tools", description: "The clients for TypeScript and Python" },
  { slug: "cli", group: "Programs and tools", description: "Everything above from the command line, and in scripts" },
  { slug: "mcp", group: "Programs and tools", description: "Baton as a server of the Model Context Protocol" },
  { slug: "self-hosting", group: "Operating", description: "On one server, or on Vercel with Supabase" },
  { slug: "scaling", group: "Operating", description: "What things cost, and what more processes and machines bring" },
  {
    slug: "security",
    group: "Operating",
    description: "Who may call from where, what is written down, and how long it is kept",
  },
  { slug: "errors", group: "Reference", description: "Every error, what causes it and what to do" },
  { slug: "changelog", group: "Reference", description: "What changed for those who use Baton" },
];
