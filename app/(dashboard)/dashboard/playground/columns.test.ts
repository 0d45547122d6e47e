import { expect, test } from "vitest";
import { type ColumnAction, newColumn, reduceColumns } from "./columns";

function after(...actions: ColumnAction[]) {
  return actions.reduce(reduceColumns, [newColumn(0, "gpt4"), newColumn(1, "sonnet")]);
}

const text = (id: number, words: string, elapsedMs: number): ColumnAction => ({
  type: "received",
  id,
  event: { type: "text", text: words },
  elapsedMs,
});

test("a column that fails keeps what it got and leaves the others running", () => {
  const error = { message: "Gone", requestId: "req_1" };
  const [first, second] = after(
    { type: "started", id: 0 },
    { type: "started", id: 1 },
    text(0, "Half", 20),
    { type: "failed", id: 0, error, elapsedMs: 30 },
    text(1, "Whole", 40),
  );
  expect(first).toMatchObject({ status: "failed", text: "Half", error, totalMs: 30 });
  expect(second).toMatchObject({ status: "streaming", text: "Whole", error: null });
});

test("the time to the first text is that of the first piece, and a new start forgets the last answer", () => {
  const started = { type: "started" as const, id: 0 };
  expect(after(started, text(0, "a", 20), text(0, "b", 90))[0]).toMatchObject({ text: "ab", firstTextMs: 20 });
  expect(after(started, text(0, "a", 20), started)[0]).toMatchObject({ text: "", firstTextMs: null });
});

test("there are never more than three columns, and ids are not used twice", () => {
  const added = { type: "added" as const, model: "claude" };
  expect(after(added, added).map(({ id }) => id)).toEqual([0, 1, 2]);
});
