import type { StreamEvent, Usage } from "./stream";

export const columnsMax = 3;

export type ColumnStatus = "idle" | "streaming" | "done" | "stopped" | "failed";

/** One model of the playground and its latest answer. */
export type Column = {
  id: number;
  model: string;
  status: ColumnStatus;
  text: string;
  simulated: boolean;
  usage: Usage | null;
  /** Milliseconds to the first text and to the end. */
  firstTextMs: number | null;
  totalMs: number | null;
  error: { message: string; requestId: string | null } | null;
};

export type ColumnAction =
  | { type: "added"; model: string }
  | { type: "removed"; id: number }
  | { type: "modelChosen"; id: number; model: string }
  | { type: "started"; id: number }
  | { type: "received"; id: number; event: StreamEvent; elapsedMs: number }
  | { type: "ended"; id: number; status: "done" | "stopped"; elapsedMs: number }
  | { type: "failed"; id: number; error: NonNullable<Column["error"]>; elapsedMs: number };

const blank = {
  status: "idle" as const,
  text: "",
  simulated: false,
  usage: null,
  firstTextMs: null,
  totalMs: null,
  error: null,
};

/** A column that has not been asked anything. */
export function newColumn(id: number, model: string): Column {
  return { id, model, ...blank };
}

/** The columns after something happened to one of them; the others stay as they are. */
export function reduceColumns(columns: Column[], action: ColumnAction): Column[] {
  if (action.type === "added") {
    const id = Math.max(...columns.map((column) => column.id)) + 1;
    return columns.length < columnsMax ? [...columns, newColumn(id, action.model)] : columns;
  }
  if (action.type === "removed") return columns.filter((column) => column.id !== action.id);
  return columns.map((column) => (column.id === action.id ? reduceColumn(column, action) : column));
}

function reduceColumn(column: Column, action: Exclude<ColumnAction, { type: "added" | "removed" }>): Column {
  switch (action.type) {
    case "modelChosen":
      return newColumn(column.id, action.model);
    case "started":
      return { ...column, ...blank, status: "streaming" };
    case "received":
      return receive(column, action.event, action.elapsedMs);
    case "ended":
      return { ...column, status: action.status, totalMs: action.elapsedMs };
    case "failed":
      return { ...column, status: "failed", error: action.error, totalMs: action.elapsedMs };
  }
}

function receive(column: Column, event: StreamEvent, elapsedMs: number): Column {
  if (event.type === "simulated") return { ...column, simulated: true };
  if (event.type === "usage") return { ...column, usage: event.usage };
  return { ...column, text: column.text + event.text, firstTextMs: column.firstTextMs ?? elapsedMs };
}
