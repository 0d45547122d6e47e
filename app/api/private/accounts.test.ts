import { expect, test } from "vitest";
import { createDesk, refusal } from "#lib/testing/work-desk";

const batch = (count: number) => Array.from({ length: count }, (_, index) => ({ account_name: `Backup-${index + 1}` }));

test("P14 adds 500 accounts in input order, in one go", async () => {
  const desk = await createDesk();
  const { status, body } = await desk.post("/api/private/batch-create-accounts", { accounts: batch(500) });
  expect(status).toBe(200);
  expect(body).toEqual({
    success: true,
    message: "Created 500 accounts",
    accounts: batch(500).map(({ account_name }, index) => ({ name: account_name, id: index + 1 })),
  });
  expect((await desk.get("/api/accounts")).body.data).toHaveLength(500);
});

test("P14 one account reads Created 1 accounts", async () => {
  const desk = await createDesk();
  const { body } = await desk.post("/api/private/batch-create-accounts", { accounts: [{ account_name: "Only" }] });
  expect(body).toEqual({ success: true, message: "Created 1 accounts", accounts: [{ name: "Only", id: 1 }] });
});

test("P14 one duplicate among 500 refuses them all: inside the batch, and with an existing account", async () => {
  const desk = await createDesk();
  const accounts = batch(500);
  accounts[499] = { account_name: " Backup-7 " };
  expect(await desk.post("/api/private/batch-create-accounts", { accounts })).toMatchObject(
    refusal(409, 'The account name "Backup-7" is in the batch more than once'),
  );
  await desk.addAccount("Backup-400");
  expect(await desk.post("/api/private/batch-create-accounts", { accounts: batch(500) })).toMatchObject(
    refusal(409, 'An account named "Backup-400" already exists'),
  );
  expect((await desk.get("/api/accounts")).body.data).toHaveLength(1);
  expect((await desk.post("/api/accounts", { account_name: "Next" })).body.id).toBe(2);
});

test("P14 batches at the same moment get ids without gaps", async () => {
  const desk = await createDesk();
  const named = (prefix: number) =>
    batch(20).map(({ account_name }) => ({ account_name: `${prefix}-${account_name}` }));
  const made = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      desk.post("/api/private/batch-create-accounts", { accounts: named(index) }),
    ),
  );
  const ids = made.flatMap(({ body }) => body.accounts.map(({ id }: { id: number }) => id));
  expect(ids.sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
});

const listMessage = "accounts must be a list of 1 to 500 accounts";
test.each([
  [{}, listMessage],
  [{ accounts: [] }, listMessage],
  [{ accounts: "A" }, listMessage],
  [{ accounts: batch(501) }, listMessage],
  [{ accounts: [{ account_name: "A" }, {}] }, "accounts[1].account_name: account_name is required"],
  [
    { accounts: [{ account_name: "A", platform: "x" }] },
    "accounts[0].platform: platform must be one of: genspark, claude, chatgpt, gemini, other",
  ],
  [{ accounts: [{ account_name: "A" }, 5] }, "accounts[1]: expected object, received number"],
])("P14 refuses a wrong batch: %#", async (body, error) => {
  const desk = await createDesk();
  expect(await desk.post("/api/private/batch-create-accounts", body)).toMatchObject(refusal(400, error));
  expect((await desk.get("/api/accounts")).body.data).toEqual([]);
});

test("P10 chooses a ready account by specialization and credits, most credits first", async () => {
  const desk = await createDesk();
  await desk.addAccount("Blocked", { specialization: "Frontend", status: "blocked" });
  await desk.addAccount("Busy", { specialization: "Frontend Development", credits_available: 95, status: "active" });
  await desk.addAccount("Free", { specialization: "frontend & UI", credits_available: 95 });
  await desk.addAccount("Later", { specialization: "FRONTEND", credits_available: 95 });
  await desk.addAccount("Less", { specialization: "Frontend", credits_available: 80 });
  await desk.addAccount("Backend", { specialization: "100% Backend_x" });
  await desk.addAccount("General", { credits_available: 49 });
  const best = async (body: object) => (await desk.post("/api/private/select-best-account", body)).body;
  expect(await best({ specialization: "FrontEnd", min_credits: 80 })).toEqual({
    success: true,
    data: {
      id: 3,
      account_name: "Free",
      credits_available: 95,
      specialization: "frontend & UI",
      platform: "genspark",
    },
  });
  expect((await best({})).data.account_name).toBe("Backend");
  expect((await best({ specialization: null })).data.account_name).toBe("Backend");
  expect((await best({ specialization: "100%" })).data.account_name).toBe("Backend");
  expect((await best({ specialization: "%" })).data.account_name).toBe("Backend");
  expect((await best({ specialization: "d_x" })).data.account_name).toBe("Backend");
  expect((await best({ min_credits: 100 })).data.account_name).toBe("Backend");
  await desk.patch("/api/accounts/3", { status: "active" });
  expect((await best({ specialization: "frontend" })).data.account_name).toBe("Later");
  expect(await desk.accountNamed("Later")).toMatchObject({ status: "available" });
});

test("P10 answers 404 with a suggestion when nobody fits", async () => {
  const desk = await createDesk();
  await desk.addAccount("Low", { credits_available: 49 });
  const nobody = {
    status: 404,
    body: {
      success: false,
      error: "No available accounts with sufficient credits",
      suggestion: "Use backup accounts or wait for credit refresh",
    },
  };
  expect(await desk.post("/api/private/select-best-account", {})).toMatchObject(nobody);
  expect(await desk.post("/api/private/select-best-account", { specialization: "x", min_credits: 0 })).toMatchObject(
    nobody,
  );
  expect((await desk.post("/api/private/select-best-account", { min_credits: 49 })).status).toBe(200);
  const other = await createDesk();
  expect(await other.post("/api/private/select-best-account", { min_credits: 0 })).toMatchObject(nobody);
});

test.each([
  [{ min_credits: -1 }, "min_credits must be an integer of 0 or more"],
  [{ min_credits: "80" }, "min_credits must be an integer of 0 or more"],
  [{ min_credits: 1.5 }, "min_credits must be an integer of 0 or more"],
  [{ specialization: 5 }, "specialization must be a string"],
])("P10 refuses %j: %s", async (body, error) => {
  const desk = await createDesk();
  expect(await desk.post("/api/private/select-best-account", body)).toMatchObject(refusal(400, error));
});
