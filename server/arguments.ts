import { parseArgs } from "node:util";

export type Arguments = { dev: boolean; help: boolean; port: number | undefined };

export const usage = `Usage: npm start -- [options]
  --port N   listen on port N instead of PORT or 3000
  --dev      serve pages with hot reload (npm run dev)
  --help     show this
`;

/** The options of the command line, or what is wrong with them. */
export function readArguments(argv: string[]): Arguments | { problem: string } {
  try {
    const { values } = parseArgs({
      args: argv,
      options: { dev: { type: "boolean" }, help: { type: "boolean" }, port: { type: "string" } },
    });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && (!Number.isInteger(port) || port < 0 || port > 65_535)) {
      return { problem: `--port must be a number from 0 to 65535, not ${values.port}.` };
    }
    return { dev: values.dev ?? false, help: values.help ?? false, port };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}
