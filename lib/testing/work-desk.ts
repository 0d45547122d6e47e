import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

/** An organization with its work desk, and short ways to fill it through the API. */
export async function createDesk() {
  const organization = await createOrganization();
  const { apiKey, organizationId } = organization;
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    send(`POST ${path}`, { apiKey, body, headers });
  const patch = (path: string, body: unknown) => send(`PATCH ${path}`, { apiKey, body });
  const get = (path: string) => send(`GET ${path}`, { apiKey });
  const sessions = {
    create: (body: unknown) => post("/api/sessions", body),
    list: (query = "") => get(`/api/sessions${query}`),
    get: (id: number) => get(`/api/sessions/${id}`),
    patch: (id: number, body: unknown) => patch(`/api/sessions/${id}`, body),
  };
  return {
    ...organization,
    post,
    patch,
    get,
    sessions,
    addProject: async (name = "Multi-Account Orchestrator") => Number((await post("/api/projects", { name })).body.id),
    addAccount: async (name: string, more: object = {}) => {
      const { id } = (await post("/api/accounts", { account_name: name })).body;
      if (Object.keys(more).length > 0) await patch(`/api/accounts/${id}`, more);
      return Number(id);
    },
    /** Starts a session; answers its id. */
    startSession: async (project_id: number, account_id: number, more: object = {}) =>
      Number((await sessions.create({ project_id, account_id, ...more })).body.id),
    accountNamed: async (name: string) =>
      (await get("/api/accounts")).body.data.find((one: { account_name: string }) => one.account_name === name),
    /** What followers of the organization were told, oldest first. */
    events: async (type: string) =>
      (
        await system.all<{ data: unknown }>(sql`
          select data from events where organization_id = ${organizationId} and type = ${type} order by id`)
      ).map(({ data }) => data),
  };
}

/** What a refusal of the work desk looks like. */
export const refusal = (status: number, error: string) => ({ status, body: { success: false, error } });
