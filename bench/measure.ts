import { writeFileSync } from "node:fs";
import { measures } from "./measures.ts";

/** `node bench/measure.ts <name> <file>`: one measurement in a process of its own; its rows go to the file as JSON. */
const [name = "", file = ""] = process.argv.slice(2);
const measure = measures[name];
if (!measure) throw new Error(`There is no measurement ${name}`);
writeFileSync(file, JSON.stringify(await measure()));
process.exit(0);
