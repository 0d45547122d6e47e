import { beforeAll, describe, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { decodeCursor, encodeCursor } from "#lib/list/cursor";
import { linksOf, pageRows, paginate } from "#lib/list/page";
import {
  filtered,
  ids,
  issuesOf,
  key,
  organizationId,
  other,
  prepareRows,
  read,
  spec,
  upTo,
} from "#lib/testing/list-fixture";

beforeAll(prepareRows);

describe("README 5.5 operators", () => {
  const table: [filter: object, expected: number[]][] = [
    [{ id: 3 }, [3]],
    [{ id_eq: 3 }, [3]],
    [{ id: { eq: 3 } }, [3]],
    [{ id: { ne: 3 }, id_lte: 5 }, [1, 2, 4, 5]],
    [{ id_gt: 28 }, [29, 30]],
    [{ id: { gte: 29 } }, [29, 30]],
    [{ id_lt: 3 }, [1, 2]],
    [{ id: { gte: 4, lt: 6 } }, [4, 5]],
    [{ id_in: [5, 7, 999, 1000] }, [5, 7]],
    [{ cost_gt: 1.45 }, [30]],
    [{ cost: 0.1 }, [2, 3]],
    [{ name: "Agent 3" }, [3]],
    [{ name: "agent 3" }, []],
    [{ name_contains: "gent 2" }, [2, ...upTo(20, 29)]],
    [{ name_contains: "AGENT 30" }, [30]],
    [{ name_starts_with: "agent 1" }, [1, ...upTo(10, 19)]],
    [{ name_ends_with: " 9" }, [9]],
    [{ name_contains: "%" }, [7]],
    [{ name_contains: "_" }, [7]],
    [{ name_contains: '\\ "x"' }, [7]],
    [{ team: null }, upTo(1, 30).filter((n) => n % 3 !== 0)],
    [{ team_ne: null }, upTo(1, 30).filter((n) => n % 3 === 0)],
    [{ team_ne: "team_a" }, upTo(1, 30).filter((n) => n % 3 !== 0)],
    [{ done: true }, [5, 10, 15, 20, 25, 30]],
    [{ key }, upTo(1, 30)],
    [{ ip: "203.0.113.9" }, [9]],
    [{ ip: "::ffff:203.0.113.9" }, [9]],
    [{ ip: "203.0.113.8/30" }, [8, 9, 10, 11]],
    [{ ip_in: ["203.0.113.1", "203.0.113.2"] }, [1, 2]],
    [{ created_after: "2026-02-02T04:00:00Z" }, [29, 30]],
    [{ created_after: "2026-02-02T05:00:00+01:00" }, [29, 30]],
    [{ created_before: "2026-02-01T02:30" }, [1, 2]],
    [{ created_after: "2026-02-02" }, upTo(25, 30)],
    [{ created_at: { gte: "2026-02-02", lte: "2026-02-02T01:00:00Z" } }, [24, 25]],
    [{ status: "running", cost_gte: 1.4 }, [28, 30]],
    [{}, upTo(1, 30)],
  ];
  test.each(table)("%j", async (filter, expected) => {
    expect(await filtered(filter)).toEqual(expected);
  });

  test("README 5.5 parameters of the query string are the same filter", async () => {
    expect(await ids({ status: "running", cost_gt: "1.4", created_after: "2026-02-02" })).toEqual([30]);
  });
});

describe("README 5.5 wrong filters are refused", () => {
  const wrong: [filter: unknown, field: string][] = [
    [{ nothing: 1 }, "nothing"],
    [{ organization_id: other }, "organization_id"],
    [{ "name;drop table list_test": 1 }, "name;drop table list_test"],
    [{ "t.id": 1 }, "t.id"],
    [{ __proto__x: 1 }, "__proto__x"],
    [{ constructor: 1 }, "constructor"],
    [{ toString_eq: 1 }, "toString_eq"],
    [{ name_like: "x" }, "name_like"],
    [{ name: { like: "x" } }, "name"],
    [{ name: { "eq' or 1=1 --": "x" } }, "name"],
    [{ name: {} }, "name"],
    [{ name: ["a"] }, "name"],
    [{ name: null }, "name"],
    [{ name: 5 }, "name"],
    [{ name: "a\u0000b" }, "name"],
    [{ name: "x".repeat(1_001) }, "name"],
    [{ name_gt: "a" }, "name_gt"],
    [{ id: "3" }, "id"],
    [{ id: 3.5 }, "id"],
    [{ id: 1e300 }, "id"],
    [{ id_contains: "3" }, "id_contains"],
    [{ id_in: [] }, "id_in"],
    [{ id_in: 5 }, "id_in"],
    [{ id_in: [1, "2"] }, "id_in"],
    [{ id_in: Array(101).fill(1) }, "id_in"],
    [{ cost_gt: "0.5" }, "cost_gt"],
    [{ cost_gt: { gt: 1 } }, "cost_gt"],
    [{ done: "true" }, "done"],
    [{ done_gt: true }, "done_gt"],
    [{ key: "1; drop table list_test" }, "key"],
    [{ ip: "203.0.113.300" }, "ip"],
    [{ ip_gt: "203.0.113.3" }, "ip_gt"],
    [{ created_after: "yesterday" }, "created_after"],
    [{ created_after: 5 }, "created_after"],
    [{ created_after: "2026-02-30" }, "created_after"],
    [{ created_at: "2026-13-01" }, "created_at"],
    [{ created_at_contains: "2026" }, "created_at_contains"],
    [[], "filter"],
    ["x", "filter"],
    [null, "filter"],
    [Object.fromEntries(upTo(1, 21).map((n) => [`f${n}`, 1])), "filter"],
  ];
  test.each(wrong)("%j", (filter, field) => {
    expect(issuesOf({ filter: JSON.stringify(filter) })).toEqual([field.slice(0, 60)]);
  });

  test("README 5.5 invalid JSON, limits, sorts and offsets are refused, each by its name", () => {
    expect(issuesOf({ filter: "{" })).toEqual(["filter"]);
    expect(issuesOf({ filter: "" })).toEqual(["filter"]);
    for (const limit of ["0", "-1", "ten", "1.5", "", "1e2"]) expect(issuesOf({ limit }), limit).toEqual(["limit"]);
    for (const offset of ["-1", "x"]) expect(issuesOf({ offset }), offset).toEqual(["offset"]);
    for (const sort of ["nothing", "name", "--id", "id desc", "id;--", "constructor", ""])
      expect(issuesOf({ sort }), sort).toEqual(["sort"]);
    expect(issuesOf({ cost_gt: "much" })).toEqual(["cost_gt"]);
    expect(issuesOf({ limit: "0", sort: "x", filter: '{"a":1}' })).toEqual(["limit", "sort", "a"]);
    expect(read({ limit: "100000" }).limit).toBe(100);
    expect(read({}).limit).toBe(20);
  });

  test("README 5.5 no value ever becomes a part of the statement's text", async () => {
    const evil = "'; drop table list_test; --";
    for (const filter of [
      { name: evil },
      { name_contains: evil },
      { name_starts_with: evil },
      { name_in: [evil, "$1", "\\"] },
    ]) {
      const { pageWhere } = read({ filter: JSON.stringify(filter) });
      expect(pageWhere.text).not.toContain("drop");
      expect(await filtered(filter)).toEqual([]);
    }
    expect(await filtered({})).toHaveLength(30);
  });
});

describe("README 5.5 pages", () => {
  async function page(query: Record<string, string>) {
    const list = read(query);
    const rows = await system.all<{ id: number }>(sql`
      select t.id ${spec.rows(organizationId)} and ${list.pageWhere} order by ${list.orderBy} ${list.paging}`);
    const { count } = await system.one<{ count: number }>(sql`
      select count(*) as count ${spec.rows(organizationId)} and ${list.where}`);
    const pagination = paginate(list, rows, count, ({ id }) => id);
    return {
      ids: pageRows(list, rows).map(({ id }) => id),
      pagination,
      links: linksOf("/agents", list, pagination, query.cursor),
    };
  }

  test.each(["id", "-id", "created_at", "-created_at", "cost", "-cost"])(
    "README 5.5 cursors walk the list sorted by %s, each row once, though many have one value",
    async (sort) => {
      const seen: number[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const one = await page({ sort, limit: "7", ...(cursor && { cursor }) });
        seen.push(...one.ids);
        expect(one.pagination.total).toBe(30);
        expect(one.pagination.has_more).toBe(one.pagination.cursor !== null);
        cursor = one.pagination.cursor;
      }
      expect(seen).toEqual(await ids({ sort }));
      expect([...seen].sort((one, two) => one - two)).toEqual(upTo(1, 30));
    },
  );

  test("A21 the frame and the links of a page in the middle; filters are kept", async () => {
    const { pagination, links } = await page({ limit: "5", offset: "10", sort: "-id", status: "running" });
    expect(pagination).toMatchObject({
      total: 15,
      limit: 5,
      offset: 10,
      has_more: false,
      next_offset: null,
      previous_offset: 5,
    });
    const kept = "&sort=-id&status=running";
    expect(links).toEqual({
      self: `/agents?limit=5&offset=10${kept}`,
      next: null,
      prev: `/agents?limit=5&offset=5${kept}`,
      first: `/agents?limit=5&offset=0${kept}`,
      last: `/agents?limit=5&offset=10${kept}`,
    });
    const first = await page({ limit: "20" });
    expect(first.links).toMatchObject({
      next: "/agents?limit=20&offset=20",
      prev: null,
      last: "/agents?limit=20&offset=20",
    });
    const behind = await page({ limit: "20", cursor: first.pagination.cursor ?? "" });
    expect(behind.links.self).toContain("cursor=");
    expect(behind.ids).toEqual(upTo(1, 10).reverse());
  });

  test("A21 the documented example: 250 of 20 from 40", () => {
    const list = read({ limit: "20", offset: "40" });
    const rows = upTo(1, 21).map((id) => ({ id }));
    const pagination = paginate(list, rows, 250, ({ id }) => id);
    expect(pagination).toMatchObject({
      total: 250,
      limit: 20,
      offset: 40,
      has_more: true,
      next_offset: 60,
      previous_offset: 20,
    });
    expect(linksOf("/agents", list, pagination)).toEqual({
      self: "/agents?limit=20&offset=40",
      next: "/agents?limit=20&offset=60",
      prev: "/agents?limit=20&offset=20",
      first: "/agents?limit=20&offset=0",
      last: "/agents?limit=20&offset=240",
    });
  });

  test("README 5.5 a cursor that was tampered with is refused", () => {
    const field = { type: "integer", column: sql`id` } as const;
    expect(encodeCursor(123)).toBe(Buffer.from('{"id":123}').toString("base64"));
    expect(decodeCursor(encodeCursor(123), field)).toBe(123);
    const encode = (text: string) => Buffer.from(text).toString("base64");
    for (const cursor of [
      "",
      "x",
      "!!!!",
      encode("{}"),
      encode('{"id":"123"}'),
      encode('{"id":1.5}'),
      encode('{"id":null}'),
      encode('{"id":[1]}'),
      encode('{"id":1,"organization_id":"x"}'),
      encode('{"id": 1}'),
      encode('{"ID":1}'),
      encode("[1]"),
      encode("1 or 1=1"),
      `${encodeCursor(5)}AA`,
      encodeCursor(5).slice(0, -4),
      encode('{"id":"1; drop table list_test"}'),
    ]) {
      expect(issuesOf({ cursor }), cursor).toEqual(["cursor"]);
    }
    expect(issuesOf({ cursor: encodeCursor(5), offset: "5" })).toEqual(["offset"]);
    expect(issuesOf({ cursor: encodeCursor(5), offset: "0" })).toEqual([]);
  });

  test("README 5.5 a cursor that names another organization's row shows nothing of it", async () => {
    expect(await ids({ sort: "created_at", cursor: encodeCursor(1_000) })).toEqual([]);
  });
});
