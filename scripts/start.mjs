import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "./lib/build.mjs";
import { Failure, runScript, say } from "./lib/console.mjs";
import { ensureInstalled, isInstalled, runtime } from "./lib/install.mjs";
import { root, toolEnvironment } from "./lib/project.mjs";

const help = `npm start [-- options]

  --port N   listen on this port
  --demo     fill the database with demo data
  --dev      develop: reload on every change, no build
  --help     this text`;

const args = process.argv.slice(2);
const isDev = args.includes("--dev");
const isHelp = args.includes("--help");

/** Installs and builds what is missing, then becomes the server for as long as that runs. */
async function main() {
  if (Number.parseInt(process.versions.node, 10) < 18) throw new Failure("Baton's scripts need Node 18 or newer.");
  if (isHelp && !isInstalled()) return say(help);
  await ensureInstalled();
  if (!isDev && !isHelp && process.env.BATON_ROLE !== "worker") await ensureBuilt();
  serve();
}

function serve() {
  const mode = process.env.NODE_ENV ?? (isDev ? "development" : "production");
  const server = spawn(runtime(), [join(root, "server", "main.ts"), ...args], {
    cwd: root,
    env: toolEnvironment({ NODE_ENV: mode }),
    // The channel tells the server when this process is killed and can forward nothing any more.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    // A process group of its own: Ctrl-C reaches the whole group of the terminal, and would arrive twice.
    detached: process.platform !== "win32",
  });
  forwardSignals(server);
  server.once("error", (error) => {
    process.stderr.write(`The server cannot be started: ${error.message}\n`);
    process.exit(1);
  });
  server.once("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

/** npm passes a Ctrl-C on that we got from the terminal already: one press is one signal, a later one is a second. */
function forwardSignals(server) {
  let lastAt = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (Date.now() - lastAt < 1_000) return;
      lastAt = Date.now();
      server.kill(signal === "SIGHUP" ? "SIGTERM" : signal);
    });
  }
}

await runScript(main);
