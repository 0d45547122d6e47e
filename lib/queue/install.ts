import { PgBoss } from "pg-boss";

/**
 * Creates the schema of the queue, or brings it to the version of the library. Safe from several processes at once: the
 * library takes a lock of its own, and the database keeps what the first one made.
 */
export async function installQueueSchema(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: "baton queue install",
    max: 1,
    migrate: true,
    supervise: false,
    schedule: false,
  });
  const failures: unknown[] = [];
  boss.on("error", (error) => failures.push(error));
  try {
    await boss.start();
  } finally {
    await boss.stop({ graceful: false });
  }
  if (failures.length > 0) throw failures[0];
}
