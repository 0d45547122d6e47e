#!/usr/bin/env node
import { exitCodes } from "./exit-codes.ts";
import { runProgram } from "./program.ts";

process.exitCode = await runProgram(process.argv.slice(2));
// What was left under way would keep the program running.
if (process.exitCode === exitCodes.interrupted) process.exit();
