import { expect, test } from "vitest";
import { readArguments, usage } from "#server/arguments";

test("--demo fills; =remove and =force are the only values it takes", () => {
  expect(readArguments([])).toMatchObject({ demo: undefined });
  expect(readArguments(["--demo"])).toMatchObject({ demo: "fill", dev: false, port: undefined });
  expect(readArguments(["--demo", "--port", "3322", "--dev"])).toMatchObject({ demo: "fill", port: 3322, dev: true });
  expect(readArguments(["--demo=remove"])).toMatchObject({ demo: "remove" });
  expect(readArguments(["--demo=force"])).toMatchObject({ demo: "force" });
  expect(readArguments(["--demo=yes"])).toEqual({ problem: "--demo takes no value, =remove or =force, not =yes." });
});

test("what nobody knows is told, and the usage names every option", () => {
  expect(readArguments(["--demon"])).toEqual({ problem: expect.stringContaining("--demon") });
  expect(readArguments(["--port", "70000"])).toEqual({ problem: expect.stringContaining("70000") });
  for (const option of ["--demo", "--demo=remove", "--demo=force", "--dev", "--help", "--port"])
    expect(usage).toContain(option);
});
