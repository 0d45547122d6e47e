import { readArguments, usage } from "#server/arguments";
import { runBaton } from "#server/run";

const outcome = readArguments(process.argv.slice(2));
if ("problem" in outcome) {
  process.stderr.write(`${outcome.problem}\n${usage}`);
  process.exitCode = 1;
} else if (outcome.help) process.stdout.write(usage);
else await runBaton(outcome);
