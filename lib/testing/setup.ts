import { inject } from "vitest";
import { provideEnvironment } from "#lib/env";

provideEnvironment(inject("environment"));
