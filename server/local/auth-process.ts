import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { App } from "@supabase/lite";
import { createPostgresConnection } from "@supabase/lite/postgres";
import { mailDriver, withRedirect } from "./auth-mail.ts";
import { AuthConfig, type AuthReport } from "./auth-protocol.ts";
import { resendConfirmation } from "./auth-resend.ts";
import { messageOf } from "./errors.ts";

// This file is a program: the parent starts it and sends the configuration as its first message. Loading the packages
// is most of its start, so the parent starts it while PostgreSQL is still coming up. What only the command line of
// @supabase/lite loads (its telemetry, PGlite, schema comparison) is not installed: see the overrides in package.json.

function report(message: AuthReport): void {
  if (process.connected) process.send?.(message);
}

async function listen(config: AuthConfig): Promise<void> {
  const connection = createPostgresConnection({
    url: config.databaseUrl,
    postgresOptions: { max: 5, onnotice: () => undefined, connection: { application_name: "baton-auth" } },
  });
  const mail = mailDriver(config.smtp, (line) => report({ kind: "log", line }));
  const app = new App({
    connection,
    auth: {
      enabled: true,
      jwt_secret: config.jwtSecret,
      jwt_expiry: 3600,
      publishable_key: config.anonKey,
      secret_key: config.serviceKey,
      site_url: config.siteUrl,
      additional_redirect_urls: [`${config.siteUrl}/**`],
      enable_signup: true,
      enable_refresh_token_rotation: true,
      minimum_password_length: 8,
      email: { enable_signup: true, enable_confirmations: config.requireEmailVerification },
    },
    storage: { enabled: false },
    studio: { enabled: false },
    // The migration history belongs to the app.
    db: { migrations: { enabled: false } },
    options: {
      server: { disableStudio: true, disableFallback: true, admin: false },
      drivers: { email: mail },
    },
  });
  if (config.preparesSchema) await app.ensureSystemSchema();

  const resend = (request: Request) =>
    resendConfirmation({ sql: connection.driver, mail, siteUrl: config.siteUrl }, request);
  const server = serve(
    { fetch: onlyAuth(app, resend), hostname: "127.0.0.1", port: config.port },
    (address: AddressInfo) => report({ kind: "ready", port: address.port }),
  );
  server.on("error", fail);
  process.once("SIGTERM", () => {
    server.close(() => void connection.close().finally(() => process.exit(0)));
    if ("closeIdleConnections" in server) server.closeIdleConnections();
  });
}

/** Lite serves a data API, storage and a studio too; Baton uses none of them, so none of them answers. */
function onlyAuth(
  app: App,
  resend: (request: Request) => Promise<Response | undefined>,
): (request: Request) => Response | Promise<Response> {
  return (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (!pathname.startsWith("/auth/v1/")) return Response.json({ message: "Not found" }, { status: 404 });
    return withRedirect(searchParams.get("redirect_to"), async () => {
      const isResend = pathname === "/auth/v1/resend" && request.method === "POST";
      const resent = isResend ? await resend(request.clone()) : undefined;
      return resent ?? app.fetch(request, { peerAddress: null });
    });
  };
}

function fail(error: unknown): void {
  report({ kind: "failed", reason: messageOf(error) });
  process.exit(1);
}

// The pipe to the parent closes with the parent, however it died.
process.once("disconnect", () => process.exit(0));
process.once("message", (message) => void listen(AuthConfig.parse(message)).catch(fail));
