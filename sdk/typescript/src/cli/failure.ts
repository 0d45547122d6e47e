import { BatonError } from "../errors.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { clean } from "./output.ts";

/** A failure in words for whoever typed the command. */
export class Failure extends Error {
  readonly exitCode: ExitCode;
  /** What to do about it. */
  readonly advice: string | undefined;

  constructor(message: string, exitCode: ExitCode = exitCodes.failed, advice?: string) {
    super(message);
    this.name = "Failure";
    this.exitCode = exitCode;
    this.advice = advice;
  }
}

/** The command was not typed right. */
export const misused = (message: string, advice?: string) => new Failure(message, exitCodes.usage, advice);

/** Thrown by a signal: the user, or the system, wants the program to end. */
export class Interrupted extends Error {
  constructor() {
    super("Interrupted.");
    this.name = "Interrupted";
  }
}

function codeOfStatus(status: number): ExitCode {
  if (status === 401 || status === 403) return exitCodes.refused;
  if (status === 404) return exitCodes.notFound;
  if (status === 402 || status === 429) return exitCodes.limited;
  if (status === 0 || status >= 500) return exitCodes.server;
  return status === 400 || status === 413 || status === 415 || status === 422 ? exitCodes.usage : exitCodes.failed;
}

function codeOf(error: unknown): ExitCode {
  if (error instanceof Interrupted) return exitCodes.interrupted;
  if (error instanceof Failure) return error.exitCode;
  if (!(error instanceof BatonError)) return exitCodes.failed;
  if (error.code.startsWith("agent_")) return exitCodes.failed;
  return error.code === "invalid_call" ? exitCodes.usage : codeOfStatus(error.status);
}

function adviceOf(error: unknown): string | undefined {
  if (error instanceof Failure) return error.advice;
  if (!(error instanceof BatonError)) return undefined;
  const { status, code, retryAfterSeconds } = error;
  if (status === 401) return 'Sign in with "baton login", or set BATON_API_KEY.';
  if (status === 403) return "Use a key with more scopes, or ask an owner of the organization.";
  if (status === 402) return 'See "baton credits", and buy credits or raise the limit.';
  if (status === 429) {
    return retryAfterSeconds === undefined ? "Try again later." : `Try again in ${Math.ceil(retryAfterSeconds)} s.`;
  }
  if (code === "connection_failed") return "Check the address (--url, BATON_URL) and that the server is running.";
  return status >= 500 ? "Try again later; if it stays, tell whoever runs the server the request id." : undefined;
}

type Fields = Record<string, unknown>;
const fieldsOf = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});

/** Every fault that a refusal lists, in words, in whichever of the API's forms. */
function faultsIn(body: unknown): string[] {
  const frame = fieldsOf(body);
  const list = frame.details ?? frame.errors ?? fieldsOf(frame.error).details;
  if (Array.isArray(list)) {
    return list.flatMap((one) => {
      const { field, message } = fieldsOf(one);
      return typeof one === "string" ? [one] : typeof message === "string" ? [`${field}: ${message}`] : [];
    });
  }
  const named = Object.entries(fieldsOf(list)).filter(([name, value]) => typeof value === "string" && name !== "field");
  return named.map(([name, value]) => `${name}: ${value}`);
}

/** The message, and the faults that it does not name itself. */
function messageOf({ message, body }: BatonError): string {
  const faults = faultsIn(body).filter((fault) => !message.includes(fault));
  return faults.length > 0 ? `${message.replace(/[.:]$/, "")}: ${faults.join("; ")}` : message;
}

export type Described = {
  exit_code: ExitCode;
  code: string;
  message: string;
  field?: string;
  advice?: string;
  status?: number;
  request_id?: string;
};

/** Anything that was thrown, as a program reads it. */
export function describe(error: unknown): Described {
  const advice = adviceOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const described = { exit_code: codeOf(error), code: "failed", message, ...(advice && { advice }) };
  if (!(error instanceof BatonError)) return { ...described, ...(described.exit_code === 2 && { code: "usage" }) };
  const { code, field, status, requestId } = error;
  return {
    ...described,
    code,
    message: messageOf(error),
    ...(field && { field }),
    ...(status > 0 && { status }),
    ...(requestId && { request_id: requestId }),
  };
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** The same in one line: what, the field, what to do, the request's id. */
export function lineOf({ message, field, advice, request_id }: Described): string {
  const what = clean(message)
    .trim()
    .replace(/\s*\n\s*/g, "; ");
  const parts = [sentence(what), field && `Field: ${field}.`, advice, request_id && `Request: ${request_id}`];
  return parts.filter(Boolean).join(" ");
}
