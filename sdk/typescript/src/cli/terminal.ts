import { fstatSync } from "node:fs";
import { createInterface, type Interface } from "node:readline";
import { Writable } from "node:stream";
import { Interrupted, misused } from "./failure.ts";

/** Where the user types. Questions are shown beside the results, on standard error. */
export class Terminal {
  readonly isInteractive = process.stdin.isTTY === true && process.stderr.isTTY === true;

  /** Whether something was sent into the program: a pipe or a file. */
  get isPiped(): boolean {
    if (process.stdin.isTTY) return false;
    try {
      const found = fstatSync(0);
      return found.isFIFO() || found.isFile() || found.isSocket();
    } catch {
      return false;
    }
  }

  /** Everything that was sent into the program, to its end. */
  async read(): Promise<string> {
    const pieces: Buffer[] = [];
    for await (const piece of process.stdin) pieces.push(Buffer.from(piece));
    return Buffer.concat(pieces).toString("utf8");
  }

  /** Lines with editing and history; whatever is asked must be closed. */
  open(prompt: string): Interface {
    return createInterface({ input: process.stdin, output: process.stderr, terminal: true, prompt });
  }

  /** Asks one thing; `isHidden` shows nothing of what is typed. Throws `Interrupted`, or `Failure` where nobody can be asked. */
  ask(question: string, { isHidden = false, fallback = "" } = {}): Promise<string> {
    if (!this.isInteractive) throw misused(`Nobody can be asked here for: ${question}`, "Give it as an option.");
    process.stderr.write(`${question}${fallback ? ` (${fallback})` : ""}: `);
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    const lines = createInterface({
      input: process.stdin,
      output: isHidden ? nowhere : process.stderr,
      terminal: true,
    });
    return new Promise((resolve, reject) => {
      lines.once("line", (line) => {
        resolve(line.trim() || fallback);
        if (isHidden) process.stderr.write("\n");
        lines.close();
      });
      lines.once("SIGINT", () => lines.close());
      lines.once("close", () => reject(new Interrupted()));
    });
  }
}
