import { freemem, loadavg, totalmem } from "node:os";
import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import {
  areProvidersUp,
  hasModels,
  isAuthUp,
  isBusy,
  isCacheCoherent,
  isDatabaseUp,
  isStorageUp,
} from "#lib/health/checks";
import type { Health, MetricsSummary, Readiness } from "#lib/health/schema";
import { metrics, requestFigures } from "#lib/metrics";
import { selectActiveAgents } from "#lib/runs/queries";
import { singleton } from "#lib/singleton";
import packageJson from "../../package.json" with { type: "json" };

/** Models with a documented price, as document 004 counts them. */
const pricedModels = 4;

const state = singleton("health", () => ({
  draining: false,
  answers: new Map<string, { until: number; value: unknown }>(),
}));

/** Draining, this process is not ready for new requests: it is about to end. */
export function setDraining(draining: boolean): void {
  state.draining = draining;
  state.answers.clear();
}

/** Whether this process is about to end: long answers end now, so that their readers find another. */
export function isDraining(): boolean {
  return state.draining;
}

/** Probes are public and may be asked often: one look serves everybody for a moment. */
async function shared<T>(name: string, lifetimeMs: number, look: () => Promise<T>): Promise<T> {
  const known = state.answers.get(name);
  if (known && known.until > Date.now()) return known.value as T;
  const value = look();
  state.answers.set(name, { until: Date.now() + lifetimeMs, value });
  return value;
}

type State = Health["status"];
const orDegraded = (isFine: boolean): State => (isFine ? "healthy" : "degraded");

/** Any part unhealthy: unhealthy. A leading part degraded, or two parts: degraded. One other part alone leaves it healthy. */
export function overall(parts: Health["components"], isAuthOperational: boolean): State {
  const states = Object.values(parts);
  if (states.includes("unhealthy")) return "unhealthy";
  const degraded = states.filter((part) => part === "degraded").length;
  const isLeading = parts.orchestra_manager === "degraded" || parts.command_dispatcher === "degraded";
  return isLeading || degraded >= 2 || !isAuthOperational ? "degraded" : "healthy";
}

async function look(): Promise<Health> {
  const [database, auth, storage, models] = await Promise.all([isDatabaseUp(), isAuthUp(), isStorageUp(), hasModels()]);
  const components: Health["components"] = {
    orchestra_manager: database ? "healthy" : "unhealthy",
    command_dispatcher: orDegraded(!isBusy()),
    memory_system: orDegraded(database && storage),
    swarm_intelligence: orDegraded(models),
  };
  const uptime = Math.round(process.uptime() * 10) / 10;
  return {
    status: overall(components, auth),
    timestamp: new Date().toISOString(),
    services: {
      database: database ? "connected" : "disconnected",
      storage: storage ? "connected" : "disconnected",
      auth: auth ? "operational" : "down",
    },
    version: packageJson.version,
    uptime,
    uptime_seconds: uptime,
    error_rate: Math.round(requestFigures().errorRate * 10_000) / 10_000,
    models_configured: pricedModels,
    components,
  };
}

/** The state of the instance (C37, O3 and A1 in one), at most a second old. */
export function getHealth(): Promise<Health> {
  return shared("health", 1_000, look);
}

/** Whether this process should be given requests: red while draining, liveness stays with `getHealth`. */
export async function getReadiness(): Promise<Readiness> {
  const [database, cache, external] = await Promise.all([
    shared("database", 1_000, isDatabaseUp),
    isCacheCoherent(),
    shared("providers", 15_000, areProvidersUp),
  ]);
  const checks = { database, cache, external_services: external };
  return { ready: !state.draining && Object.values(checks).every(Boolean), checks };
}

/** The same counters as JSON, with the organization's own agents at work. */
export async function getMetricsSummary(ctx: Context): Promise<MetricsSummary> {
  const { active } = await selectActiveAgents(tenant(ctx), ctx.organizationId);
  const { total, errorRate } = requestFigures();
  const sockets = (await metrics.sockets.get()).values[0]?.value ?? 0;
  return {
    uptime_seconds: Math.round(process.uptime() * 10) / 10,
    requests_total: total,
    error_rate: Math.round(errorRate * 10_000) / 10_000,
    active_agents: active,
    websocket_connections: sockets,
    memory_usage: Math.round((1 - freemem() / totalmem()) * 1_000) / 10,
    load_average: loadavg()[0] ?? 0,
  };
}
