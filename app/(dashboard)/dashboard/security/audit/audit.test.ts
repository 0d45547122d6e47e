import { describe, expect, test } from "vitest";
import { auditList } from "#lib/audit/schema";
import { readList } from "#lib/list/query";
import { auditEvents } from "#lib/records/service";
import { auditHref, chipsOf, filterOf, readAuditQuery } from "./query";
import { eventWords } from "./words";

const actor = "user:01a1fd93-f81b-743e-8bf7-4ee1cda4fba5";
const read = (text: string) => readAuditQuery(Object.fromEntries(new URLSearchParams(text)));

test("A30: every event has its words", () => {
  expect(Object.keys(eventWords).toSorted()).toEqual([...auditEvents].toSorted());
});

describe("the address of the audit log", () => {
  const query = read(`actor=${actor}&event=config.change&severity=warning&from=2026-02-01&to=2026-02-28&text=10.0.0.1`);

  test("says what it is narrowed by, and drops what it says wrongly", () => {
    expect(auditHref(query, { page: 2, text: "" })).toBe(
      `/dashboard/security/audit?actor=${encodeURIComponent(actor)}&event=config.change&severity=warning&from=2026-02-01&to=2026-02-28&page=2`,
    );
    expect(chipsOf(query, () => "Ada").map(({ label, value }) => `${label}: ${value}`)).toEqual([
      "Actor: Ada",
      "Event: config.change",
      "Severity: warning",
      "From: 2026-02-01",
      "To: 2026-02-28",
      "Text: 10.0.0.1",
    ]);
    expect(read("actor=me&event=x&severity=toString&from=x")).toEqual(read(""));
  });

  test("+A4: becomes a filter that the log takes, for the list and for its export alike", () => {
    const { filter } = filterOf(query);
    expect(JSON.parse(filter ?? "")).toEqual({
      user_id: actor.slice(5),
      event: "config.change",
      severity: "warning",
      timestamp_gte: "2026-02-01T00:00:00Z",
      timestamp_lt: "2026-03-01T00:00:00Z",
      text_contains: "10.0.0.1",
    });
    expect(readList(auditList, actor.slice(5), filterOf(query)).where.values).toContain("config.change");
    expect(filterOf(read(""))).toEqual({});
  });
});
