import { type Sql, sql } from "#lib/db/sql";
import type { FieldIssue } from "#lib/errors";
import type { FieldType, ListField, ListSpec } from "#lib/list/spec";
import { expected, fromText, readValue } from "#lib/list/values";

const operators = ["eq", "ne", "gt", "gte", "lt", "lte", "in", "contains", "starts_with", "ends_with"] as const;
type Operator = (typeof operators)[number];

const ordered: readonly Operator[] = ["eq", "ne", "gt", "gte", "lt", "lte", "in"];
const plain: readonly Operator[] = ["eq", "ne", "in"];
const operatorsOf: Record<FieldType, readonly Operator[]> = {
  text: [...plain, "contains", "starts_with", "ends_with"],
  integer: ordered,
  number: ordered,
  time: ordered,
  uuid: plain,
  boolean: ["eq", "ne"],
  address: plain,
};

const conditionsMax = 20;
const choicesMax = 100;

// Each type in Postgres: numbers are compared as numeric, so that a fraction never meets an integer parameter.
const casts: Record<FieldType, Sql> = {
  text: sql`::text`,
  integer: sql`::numeric`,
  number: sql`::numeric`,
  time: sql`::timestamptz`,
  uuid: sql`::uuid`,
  boolean: sql`::boolean`,
  address: sql`::inet`,
};
const arrayCasts: Record<FieldType, Sql> = {
  text: sql`::text[]`,
  integer: sql`::numeric[]`,
  number: sql`::numeric[]`,
  time: sql`::timestamptz[]`,
  uuid: sql`::uuid[]`,
  boolean: sql`::boolean[]`,
  address: sql`::inet[]`,
};

type Value = string | number | boolean;

/** One comparison. The operator chooses among these texts; the value is always a parameter. */
function compare({ column, type }: ListField, operator: Exclude<Operator, "in">, value: Value): Sql {
  const given = sql`${value}${casts[type]}`;
  switch (operator) {
    case "eq":
      return type === "address" ? sql`${column} <<= ${given}` : sql`${column} = ${given}`;
    case "ne":
      return type === "address" ? sql`(${column} <<= ${given}) is not true` : sql`${column} is distinct from ${given}`;
    case "gt":
      return sql`${column} > ${given}`;
    case "gte":
      return sql`${column} >= ${given}`;
    case "lt":
      return sql`${column} < ${given}`;
    case "lte":
      return sql`${column} <= ${given}`;
    // No patterns, so that % and _ mean themselves; upper and lower case are the same.
    case "contains":
      return sql`strpos(lower(${column}), lower(${given})) > 0`;
    case "starts_with":
      return sql`starts_with(lower(${column}), lower(${given}))`;
    case "ends_with":
      return sql`right(lower(${column}), length(lower(${given}))) = lower(${given})`;
  }
}

function any(field: ListField, values: Value[]): Sql {
  const list = sql`${values}${arrayCasts[field.type]}`;
  return field.type === "address" ? sql`${field.column} <<= any (${list})` : sql`${field.column} = any (${list})`;
}

/** Collects the conditions of a filter, or what is wrong with it. */
export class Filter {
  readonly conditions: Sql[] = [];
  readonly issues: FieldIssue[] = [];
  readonly #spec: ListSpec;

  constructor(spec: ListSpec) {
    this.#spec = spec;
  }

  #refuse(key: string, message: string): undefined {
    this.issues.push({ field: key, message: `${key}: ${message}` });
  }

  #fieldOf(name: string): ListField | undefined {
    return Object.hasOwn(this.#spec.fields, name) ? this.#spec.fields[name] : undefined;
  }

  /** `cost_gt` is the field cost with the operator gt, unless there is a field of that very name. */
  #split(key: string): { field: ListField; operator: Operator } | undefined {
    if (key === "created_after" || key === "created_before") {
      const field = this.#fieldOf(this.#spec.created);
      return field && { field, operator: key === "created_after" ? "gt" : "lt" };
    }
    for (const operator of operators) {
      const field = key.endsWith(`_${operator}`) ? this.#fieldOf(key.slice(0, -operator.length - 1)) : undefined;
      if (field) return { field, operator };
    }
    return undefined;
  }

  #add(key: string, field: ListField, operator: Operator, value: unknown): undefined {
    if (!operatorsOf[field.type].includes(operator)) {
      return this.#refuse(key, `cannot be compared with ${operator}; use ${operatorsOf[field.type].join(", ")}`);
    }
    if (operator === "in") {
      const given: unknown[] = Array.isArray(value) ? value : [];
      const values = given.map((one) => readValue(field, one));
      if (given.length < 1 || given.length > choicesMax || values.includes(undefined)) {
        return this.#refuse(key, `in takes an array of 1 to ${choicesMax}, each ${expected(field.type)}`);
      }
      this.conditions.push(any(field, values as Value[]));
      return;
    }
    if (value === null && field.isNullable && (operator === "eq" || operator === "ne")) {
      this.conditions.push(operator === "eq" ? sql`${field.column} is null` : sql`${field.column} is not null`);
      return;
    }
    const read = readValue(field, value);
    if (read === undefined) return this.#refuse(key, `must be ${expected(field.type)}`);
    this.conditions.push(compare(field, operator, read));
  }

  #addField(key: string, field: ListField, value: unknown): undefined {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      if (Array.isArray(value)) return this.#refuse(key, 'takes one value; write {"in":[...]} for several');
      return this.#add(key, field, "eq", value);
    }
    const comparisons = Object.entries(value);
    if (comparisons.length === 0) this.#refuse(key, `names no operator; use ${operatorsOf[field.type].join(", ")}`);
    for (const [name, one] of comparisons) {
      const operator = operators.find((known) => known === name);
      if (operator) this.#add(key, field, operator, one);
      else this.#refuse(key, `unknown operator ${name.slice(0, 40)}; use ${operatorsOf[field.type].join(", ")}`);
    }
  }

  /** Adds one key of the filter with its value. */
  add(key: string, value: unknown): undefined {
    const field = this.#fieldOf(key);
    if (field) return this.#addField(key, field, value);
    const found = this.#split(key);
    if (found) return this.#add(key, found.field, found.operator, value);
    const known = Object.keys(this.#spec.fields).join(", ");
    this.#refuse(key.slice(0, 60), `unknown field; fields are ${known}, created_after and created_before`);
  }

  /** The same for a parameter of the query string. */
  addText(key: string, text: string): undefined {
    const field = this.#fieldOf(key) ?? this.#split(key)?.field;
    this.add(key, field ? fromText(field, text) : text);
  }

  /** Adds all of a JSON object. */
  addJson(text: string): undefined {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return this.#refuse("filter", "is not valid JSON");
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return this.#refuse("filter", 'must be a JSON object such as {"status":"running"}');
    }
    const entries = Object.entries(value);
    if (entries.length > conditionsMax) return this.#refuse("filter", `may have at most ${conditionsMax} conditions`);
    for (const [key, one] of entries) this.add(key, one);
    if (this.conditions.length > conditionsMax * 2) this.#refuse("filter", "has too many conditions");
  }
}
