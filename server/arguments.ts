import { parseArgs } from "node:util";

/** `fill`: where the instance brings its own database; `force`: on any; `remove`: takes it away again. */
export const demoModes = ["fill", "force", "remove"] as const;
export type DemoMode = (typeof demoModes)[number];

export type Arguments = { dev: boolean; help: boolean; port: number | undefined; demo: DemoMode | undefined };

export const usage = `Usage: npm start -- [options]
  --port N   listen on port N instead of PORT or 3000
  --demo     add an organization with four months of made-up data, once;
             --demo=remove takes it away, --demo=force adds it to a database that is not Baton's own
  --dev      serve pages with hot reload (npm run dev)
  --help     show this
`;

const isDemoMode = (text: string): text is DemoMode => demoModes.some((mode) => mode === text);

/** The options of the command line, or what is wrong with them. */
export function readArguments(argv: string[]): Arguments | { problem: string } {
  try {
    const { values } = parseArgs({
      // An option has a value or has none; this one may have one.
      args: argv.map((text) => (text === "--demo" ? "--demo=fill" : text)),
      options: {
        demo: { type: "string" },
        dev: { type: "boolean" },
        help: { type: "boolean" },
        port: { type: "string" },
      },
    });
    const { demo } = values;
    if (demo !== undefined && !isDemoMode(demo))
      return { problem: `--demo takes no value, =remove or =force, not =${demo}.` };
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && (!Number.isInteger(port) || port < 0 || port > 65_535)) {
      return { problem: `--port must be a number from 0 to 65535, not ${values.port}.` };
    }
    return { dev: values.dev ?? false, help: values.help ?? false, port, demo };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}
