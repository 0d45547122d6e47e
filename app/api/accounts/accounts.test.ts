import { expect, test } from "vitest";
import { accountCredentials } from "#lib/account-pool/credentials";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { createDesk, refusal } from "#lib/testing/work-desk";

const time = expect.stringMatching(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
const platforms = "platform must be one of: genspark, claude, chatgpt, gemini, other";

test("P5 adds an account with the documented defaults", async () => {
  const desk = await createDesk();
  const sent = { account_name: " GenSpark-Dev-06 ", account_email: "dev06@example.com", specialization: "Backend" };
  expect((await desk.post("/api/accounts", sent)).body).toEqual({ success: true, id: 1 });
  expect((await desk.get("/api/accounts")).body).toEqual({
    success: true,
    data: [
      {
        id: 1,
        account_name: "GenSpark-Dev-06",
        account_email: "dev06@example.com",
        platform: "genspark",
        credits_available: 100,
        status: "available",
        specialization: "Backend",
        provider: null,
        base_url: null,
        has_credential: false,
        credential_last4: null,
        resets_at: null,
        created_at: time,
        updated_at: time,
      },
    ],
  });
  expect(await desk.events("account.created")).toEqual([{ accounts: [{ id: 1, name: "GenSpark-Dev-06" }] }]);
});

test("P4 orders by name without regard to case, then by id", async () => {
  const desk = await createDesk();
  for (const name of ["b", "A", "c", "B", "a-1", "Z"]) await desk.addAccount(name);
  const { body } = await desk.get("/api/accounts");
  expect(body.data.map((one: { account_name: string }) => one.account_name)).toEqual(["A", "a-1", "b", "B", "c", "Z"]);
});

test("P5 a name is unique in its organization, and a refused one takes no id", async () => {
  const desk = await createDesk();
  await desk.addAccount("Same");
  const taken = refusal(409, 'An account named "Same" already exists');
  expect(await desk.post("/api/accounts", { account_name: "Same" })).toMatchObject(taken);
  expect((await desk.post("/api/accounts", { account_name: "Next" })).body.id).toBe(2);
  expect(await desk.patch("/api/accounts/2", { account_name: "Same" })).toMatchObject(taken);
  const other = await createDesk();
  expect((await other.post("/api/accounts", { account_name: "Same" })).status).toBe(200);
  const race = await Promise.all(
    Array.from({ length: 10 }, () => desk.post("/api/accounts", { account_name: "Race" })),
  );
  expect(race.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)]);
  expect((await desk.post("/api/accounts", { account_name: "After" })).body.id).toBe(4);
});

test.each([
  [{}, "account_name is required"],
  [{ account_name: "  " }, "account_name is required"],
  [{ account_name: 1 }, "account_name must be a string"],
  [{ account_name: "x".repeat(101) }, "account_name must have at most 100 characters"],
  [{ account_name: "x", account_email: "nobody" }, "account_email must be a valid e-mail address"],
  [{ account_name: "x", platform: "bard" }, platforms],
  [{ account_name: "x", platform: null }, platforms],
  [{ account_name: "x", specialization: "x".repeat(201) }, "specialization must have at most 200 characters"],
  [{ account_name: "x", credential: "short" }, "credential must have at least 8 characters"],
  [{ account_name: "x", credential: "long enough" }, "provider is required for a credential of the platform genspark"],
  [{ account_name: "x", provider: "compatible" }, "base_url is required for the provider compatible"],
  [
    { account_name: "x", base_url: "ftp://x.example" },
    "base_url is refused: The URL must start with http:// or https://.",
  ],
  [
    { account_name: "x", resets_at: "tomorrow" },
    "resets_at must be a time such as 2027-03-01 08:15:00 (UTC) or 2027-03-01T08:15:00Z",
  ],
])("P5 refuses %j: %s", async (body, error) => {
  const desk = await createDesk();
  expect(await desk.post("/api/accounts", body)).toMatchObject(refusal(400, error));
  const answer = await desk.post("/api/private/batch-create-accounts", { accounts: [{ account_name: "ok" }, body] });
  expect(answer.status).toBe(400);
  expect(answer.body.error).toContain(error);
  expect(answer.body.error).toMatch(/^accounts\[1\]\.[a-z_]+: /);
  expect((await desk.get("/api/accounts")).body.data).toEqual([]);
});

test("+P2 changes any field; credits and status go together", async () => {
  const desk = await createDesk();
  const id = await desk.addAccount("One");
  const change = async (body: object) => (await desk.patch(`/api/accounts/${id}`, body)).body.data;
  expect(await change({ platform: "claude", specialization: "UI", account_email: "a@example.com" })).toMatchObject({
    id,
    platform: "claude",
    specialization: "UI",
    account_email: "a@example.com",
    status: "available",
  });
  expect(await change({ credits_available: 0 })).toMatchObject({ credits_available: 0, status: "exhausted" });
  expect(await change({ credits_available: 40 })).toMatchObject({ credits_available: 40, status: "available" });
  expect(await change({ status: "blocked" })).toMatchObject({ credits_available: 40, status: "blocked" });
  expect(await change({ credits_available: 0 })).toMatchObject({ credits_available: 0, status: "blocked" });
  expect(await change({ resets_at: "2027-03-01T09:15:00+01:00" })).toMatchObject({ resets_at: "2027-03-01 08:15:00" });
  expect(await change({ resets_at: null, specialization: null })).toMatchObject({
    resets_at: null,
    specialization: null,
  });
  for (const credits_available of [-1, 1.5, "9", null]) {
    expect(await desk.patch(`/api/accounts/${id}`, { credits_available })).toMatchObject(
      refusal(400, "credits_available must be an integer from 0 to 1000000000"),
    );
  }
});

test("+P2 an account of another organization is 404", async () => {
  const other = await createDesk();
  await other.addAccount("Theirs");
  const desk = await createDesk();
  for (const id of ["1", "abc"]) {
    expect(await desk.patch(`/api/accounts/${id}`, { status: "blocked" })).toMatchObject(
      refusal(404, "Account not found"),
    );
    expect(await desk.get(`/api/accounts/${id}`)).toMatchObject(refusal(404, "Account not found"));
  }
  expect(await other.accountNamed("Theirs")).toMatchObject({ status: "available" });
});

test("an account's credential is sealed, never returned, and opened for the gateway only", async () => {
  const desk = await createDesk();
  const credential = "sk-secret-credential-7890";
  const made = await desk.post("/api/accounts", { account_name: "Live", platform: "claude", credential });
  expect(made.text).not.toContain(credential);
  const list = await desk.get("/api/accounts");
  expect(list.text).not.toContain("secret-credential");
  expect(list.body.data[0]).toMatchObject({ provider: "anthropic", has_credential: true, credential_last4: "7890" });
  const row = await system.one<{ text: string; sealed: string }>(sql`
    select a::text as text, encode(sealed_credential, 'escape') as sealed from pool_accounts a
    where organization_id = ${desk.organizationId}`);
  expect(row.text + row.sealed).not.toContain("secret-credential");
  expect(await accountCredentials(desk.organizationId)).toMatchObject([
    { accountId: 1, provider: "anthropic", apiKey: credential, baseUrl: null },
  ]);
  expect(await accountCredentials((await createDesk()).organizationId)).toEqual([]);
  const { body } = await desk.patch("/api/accounts/1", { credential: null });
  expect(body.data).toMatchObject({ has_credential: false, credential_last4: null });
  expect(await accountCredentials(desk.organizationId)).toEqual([]);
});

test("a stored credential cannot be sent to a new address: it has to be given again", async () => {
  const desk = await createDesk();
  const credential = "sk-secret-credential-7890";
  await desk.post("/api/accounts", { account_name: "Live", platform: "chatgpt", credential });
  const again = refusal(400, "credential is required again with a new provider or base_url");
  expect(await desk.patch("/api/accounts/1", { base_url: "https://192.0.2.10/v1" })).toMatchObject({ status: 400 });
  expect(await desk.patch("/api/accounts/1", { base_url: "https://8.8.8.8/v1" })).toMatchObject(again);
  expect(await desk.patch("/api/accounts/1", { provider: "anthropic" })).toMatchObject(again);
  const moved = await desk.patch("/api/accounts/1", { base_url: "https://8.8.8.8/v1/", credential: "sk-another-one" });
  expect(moved.body.data).toMatchObject({ base_url: "https://8.8.8.8/v1", credential_last4: "-one" });
  expect(await accountCredentials(desk.organizationId)).toMatchObject([{ baseUrl: "https://8.8.8.8/v1" }]);
});

test("the gateway gets the best ready account of a provider, and none without credits", async () => {
  const desk = await createDesk();
  const add = (account_name: string) =>
    desk.post("/api/accounts", { account_name, platform: "chatgpt", credential: `sk-credential-${account_name}` });
  for (const name of ["A", "B", "C"]) await add(name);
  await desk.patch("/api/accounts/1", { credits_available: 10 });
  await desk.patch("/api/accounts/2", { status: "blocked" });
  await desk.patch("/api/accounts/3", { credits_available: 20 });
  expect(await accountCredentials(desk.organizationId)).toMatchObject([{ accountId: 3, apiKey: "sk-credential-C" }]);
  await desk.patch("/api/accounts/3", { credits_available: 0 });
  expect(await accountCredentials(desk.organizationId)).toMatchObject([{ accountId: 1 }]);
  await desk.patch("/api/accounts/1", { status: "exhausted" });
  expect(await accountCredentials(desk.organizationId)).toEqual([]);
});
