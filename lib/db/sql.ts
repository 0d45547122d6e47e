import sql, { empty, join, Sql } from "sql-template-tag";

export { empty, join, Sql, sql };
