import { expect, test } from "vitest";
import { send } from "#lib/testing/client";
import { addMember, createOrganization } from "#lib/testing/factories";

test("README 5.5: C7, C10 and +C2 take limit and offset without changing their frame; without them they come whole", async () => {
  const { apiKey, organizationId } = await createOrganization();
  for (let number = 0; number < 21; number++) {
    await send("POST /api/api-keys", { apiKey, body: { name: `key ${number}` } });
  }
  await addMember(organizationId, "member");
  await send("POST /api/organizations/members", { apiKey, body: { email: "one@example.com" } });
  await send("POST /api/organizations/members", { apiKey, body: { email: "two@example.com" } });

  const keys = async (query: string) => {
    const { body } = await send(`GET /api/api-keys${query}`, { apiKey });
    // That the key is used by these very calls is noted in its own time.
    return body.apiKeys.map(({ last_used_at: _, ...key }: Record<string, unknown>) => key);
  };
  const all = await keys("");
  expect(all).toHaveLength(22);
  expect(await keys("?limit=3&offset=2")).toEqual(all.slice(2, 5));
  expect(await keys("?offset=1")).toEqual(all.slice(1, 21));
  expect(await keys("?limit=1000")).toEqual(all);

  const members = await send("GET /api/organizations/members", { apiKey });
  const second = await send("GET /api/organizations/members?limit=1&offset=1", { apiKey });
  expect(second.body).toEqual({ members: [members.body.members[1]] });
  const invitations = await send("GET /api/organizations/invitations?limit=1", { apiKey });
  expect(invitations.body.invitations).toMatchObject([{ email: "two@example.com" }]);
});

test.each(["limit=0", "limit=-1", "limit=1.5", "limit=ten", "offset=-1", "offset=0x1", "limit="])(
  "README 5.5: 400 names the field for ?%s",
  async (query) => {
    const { apiKey } = await createOrganization();
    const answer = await send(`GET /api/api-keys?${query}`, { apiKey });
    expect(answer).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" } });
    expect(Object.keys(answer.body.details)).toEqual([query.split("=")[0]]);
  },
);
