import { env } from "#lib/env";
import type { Dialect } from "#lib/http/dialect";
import type { Limit } from "#lib/limits/window";

const hour = 3600;
const minute = 60;

/** The families' documented figures (contract README 5.3), all in this one place. */
const figures = {
  paas: { default: { limit: 1_000, windowSeconds: hour } },
  cloud: { default: { limit: 1_000, windowSeconds: hour } },
  orchestratex: {
    default: { limit: 1_000, windowSeconds: minute },
    // Of all callers together, for the calls that name one orchestration session.
    session: { limit: 100, windowSeconds: minute },
  },
  // 1000 a minute and a burst of 50: the 1051st call in a minute is refused.
  orchestra: { default: { limit: 1_050, windowSeconds: minute } },
  agency: {
    default: { limit: 1_000, windowSeconds: hour },
    spawn: { limit: 100, windowSeconds: hour },
    agents: { limit: 100, windowSeconds: hour },
    system: { limit: 60, windowSeconds: hour },
  },
  shared: { default: { limit: 1_000, windowSeconds: hour } },
  openai: { default: { limit: 1_050, windowSeconds: minute } },
  anthropic: { default: { limit: 1_050, windowSeconds: minute } },
  // Of messages; a tool counts as a call of the endpoint that does the same, too.
  mcp: { default: { limit: 1_050, windowSeconds: minute } },
  plain: { default: { limit: 1_050, windowSeconds: minute } },
} satisfies Record<Dialect["name"], Record<string, Limit>>;

/** `none` is for probes, cron and Stripe: headers are sent, nothing is counted. */
export type LimitName = "default" | "session" | "spawn" | "agents" | "system" | "none";

const anonymousCloud: Limit = { limit: 100, windowSeconds: hour };
const perAddress: Limit = { limit: 1_200, windowSeconds: minute };

function scaled({ limit, windowSeconds }: Limit): Limit {
  return { limit: Math.floor(limit * env().RATE_LIMIT_MULTIPLIER), windowSeconds };
}

/** The limit of a known caller. */
export function callerLimit(family: Dialect["name"], name: LimitName): Limit {
  const own: Record<string, Limit> = figures[family];
  return scaled(own[name] ?? figures[family].default);
}

/** The limit of an address that sent no (valid) credentials. */
export function anonymousLimit(family: Dialect["name"]): Limit {
  return scaled(family === "cloud" ? anonymousCloud : perAddress);
}
