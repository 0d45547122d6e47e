import { join } from "node:path";
import { startWeb } from "#server/web";

/** The self-hosted server without pages, for the host suite: `node lib/testing/dispatch-host.ts <port>`. */
const web = await startWeb({
  root: join(import.meta.dirname, "../.."),
  host: "127.0.0.1",
  port: Number(process.argv[2]),
});
process.on("SIGTERM", () => web.stop(1_000).then(() => process.exit(0)));
