/** What the program's exit code tells a script. */
export const exitCodes = {
  ok: 0,
  /** What was asked for was done and failed: a deployment, an agent, a call of an app. */
  failed: 1,
  /** The command or one of its values is not right. */
  usage: 2,
  /** Not signed in, or the key may not do this. */
  refused: 3,
  notFound: 4,
  /** A rate limit, the budget or the credits are used up. */
  limited: 5,
  /** The server failed, or cannot be reached. */
  server: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The words of help. */
export const exitCodeWords: readonly (readonly [ExitCode, string])[] = [
  [exitCodes.ok, "done"],
  [exitCodes.failed, "the work failed: a deployment, an agent, a run, a call of an app"],
  [exitCodes.usage, "the command, an option or a field is not right"],
  [exitCodes.refused, "not signed in, or the key may not do this"],
  [exitCodes.notFound, "there is no such thing in this organization"],
  [exitCodes.limited, "a rate limit, the budget or the credits are used up"],
  [exitCodes.server, "the server failed, or cannot be reached"],
  [exitCodes.interrupted, "interrupted"],
];
