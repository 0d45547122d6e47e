import type { Entry } from "../command.ts";
import { login, logout, whoami } from "./account.ts";
import { agents } from "./agents.ts";
import { apps } from "./apps.ts";
import { chat } from "./chat.ts";
import { completion } from "./completion.ts";
import { deploy } from "./deploy.ts";
import { help } from "./help.ts";
import { invoke } from "./invoke.ts";
import { keys } from "./keys.ts";
import { logs } from "./logs.ts";
import { models } from "./models.ts";
import { credits, quote, usage } from "./money.ts";
import { orchestrate } from "./orchestrate.ts";
import { pack } from "./pack.ts";
import { runs } from "./runs.ts";
import { spawn, teams } from "./spawn.ts";

/** Every command, in the order of help. */
export const entries: readonly Entry[] = [
  login,
  logout,
  whoami,
  keys,
  chat,
  orchestrate,
  spawn,
  agents,
  teams,
  pack,
  deploy,
  invoke,
  logs,
  runs,
  apps,
  models,
  usage,
  credits,
  quote,
  help,
  completion,
];
