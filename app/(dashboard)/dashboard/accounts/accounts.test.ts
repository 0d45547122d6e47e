import { expect, test } from "vitest";
import {
  accountProviders,
  accountStatuses,
  type BestAccount,
  batchMax as most,
  platforms,
} from "#lib/account-pool/schema";
import { selectBest } from "#lib/account-pool/selection";
import { createAccounts, listAccounts, updateAccount } from "#lib/account-pool/service";
import { createOrganization } from "#lib/testing/factories";
import { parseAccounts, problemsByRow } from "./csv";
import { chipsOf, matchingAccounts, readAccountsQuery } from "./query";
import { explainBest } from "./why";
import { accountWords, batchMax, platformWords, providerWords } from "./words";

test("the pages name every status, platform and provider of the pool, and its largest batch", () => {
  expect(Object.keys(accountWords)).toEqual([...accountStatuses]);
  expect(Object.keys(platformWords)).toEqual([...platforms]);
  expect(Object.keys(providerWords)).toEqual([...accountProviders]);
  expect(batchMax).toBe(most);
});

async function createPool() {
  const { ctx } = await createOrganization();
  const names = ["A", "B", "C", "D", "E"];
  await createAccounts(ctx, {
    accounts: names.map((account_name) => ({
      account_name,
      platform: "other",
      specialization: `Front${account_name}`,
    })),
  });
  await updateAccount(ctx, 1, { credits_available: 100, status: "active" });
  await updateAccount(ctx, 4, { status: "blocked" });
  await updateAccount(ctx, 5, { credits_available: 20 });
  return ctx;
}

test("P10: the account that is explained is the one that select-best-account takes", async () => {
  const ctx = await createPool();
  const { data: accounts } = await listAccounts(ctx);
  for (const wanted of [
    { specialization: "", minCredits: 50 },
    { specialization: "fronta", minCredits: 50 },
    { specialization: "E", minCredits: 0 },
    { specialization: "FRONTE", minCredits: 10 },
  ]) {
    const { data } = await selectBest(ctx, { specialization: wanted.specialization, min_credits: wanted.minCredits });
    expect(explainBest(accounts, wanted).best).toMatchObject({ id: data.id } satisfies Partial<BestAccount>);
  }
  expect(explainBest(accounts, { specialization: "", minCredits: 101 }).best).toBeUndefined();
});

test("the reasons say who is ready, who has enough, and why one of equals is taken", async () => {
  const { data: accounts } = await listAccounts(await createPool());
  expect(explainBest(accounts, { specialization: "", minCredits: 50 })).toMatchObject({
    best: { account_name: "B" },
    next: [{ account_name: "C" }, { account_name: "A" }],
    reasons: [
      "4 accounts of 5 ready: available or in use",
      "3 of them with 50 credits or more",
      "B has 100, as 2 others; it is not in use and was added first",
    ],
  });
});

test("the list is narrowed and sorted by what the address says, and its chips say the same", async () => {
  const { data: accounts } = await listAccounts(await createPool());
  const query = readAccountsQuery({ q: "front", status: "available", sort: "credits", platform: "none", page: "x" });
  expect(matchingAccounts(accounts, query).map(({ account_name }) => account_name)).toEqual(["B", "C", "E"]);
  expect(chipsOf(query).map(({ label, value }) => `${label} ${value}`)).toEqual(["Text front", "Status Available"]);
  expect(chipsOf(query)[0]?.without).toBe("/dashboard/accounts?status=available&sort=credits");
});

test("pasted accounts are read with or without a head, quoted, and from a spreadsheet", () => {
  const row = { account_email: null, platform: "genspark", specialization: null, problem: null };
  expect(parseAccounts("Primary\nBackup")).toEqual([
    { ...row, line: 1, account_name: "Primary" },
    { ...row, line: 2, account_name: "Backup" },
  ]);
  expect(parseAccounts('specialization,name,platform\r\n"a, ""b""\nc",One,Claude\r\n\r\n')).toEqual([
    { ...row, line: 2, account_name: "One", platform: "claude", specialization: 'a, "b"\nc' },
  ]);
  expect(parseAccounts("Name\tE-mail\nOne\tone@example.com")).toEqual([
    { ...row, line: 2, account_name: "One", account_email: "one@example.com" },
  ]);
  expect(parseAccounts(" \n")).toEqual([]);
});

test("every row says what is wrong with it before anything is sent", () => {
  const text = `A\nA\n,x@example.com\nB,,myspace\n${"C".repeat(101)}`;
  expect(parseAccounts(text).map(({ problem }) => problem)).toEqual([
    null,
    "This name comes twice",
    "The name is missing",
    "Unknown platform “myspace”",
    "The name has more than 100 characters",
  ]);
  const many = Array.from({ length: batchMax + 1 }, (_, index) => `Account ${index}`).join("\n");
  expect(parseAccounts(many).filter(({ problem }) => problem)).toMatchObject([{ account_name: "Account 500" }]);
});

test("what the server says of a row reaches that row", () => {
  const fields = { "accounts[3].provider": "one", "accounts.12.account_email": "two", accounts: "three" };
  expect(problemsByRow(fields)).toEqual(
    new Map([
      [3, "one"],
      [12, "two"],
    ]),
  );
});
