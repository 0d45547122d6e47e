import { Database, FlaskConical, KeyRound, PlugZap, Terminal } from "lucide-react";

/** What is true of Baton today. */
export const facts = [
  {
    title: "OpenAI-compatible",
    text: "Point a client at /v1 and choose a model by name. Streaming and tools go through as they are.",
    icon: PlugZap,
  },
  {
    title: "Keys with scopes",
    text: "A key may do what you tick. Rotate it with a grace time; a revoked one is refused at once.",
    icon: KeyRound,
  },
  {
    title: "One database",
    text: "Runs, tokens, cost and credits live in one Postgres, so every figure adds up.",
    icon: Database,
  },
  {
    title: "One command",
    text: "npm start brings up the app with its database and sign-in. Or connect your own Supabase.",
    icon: Terminal,
  },
  {
    title: "Works without a provider",
    text: "A marked simulator answers until you add a provider's key, so you can build first.",
    icon: FlaskConical,
  },
] as const;
