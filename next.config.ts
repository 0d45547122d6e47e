import type { NextConfig } from "next";

const isBuild = process.env.NODE_ENV === "production";

const config: NextConfig = {
  poweredByHeader: false,
  experimental: {
    // A server that runs the build does not read its maps, which would be twice the size of all the rest.
    turbopackSourceMaps: !isBuild,
    // A version is built once: a cache for the next build would take longer to write, and more room, than the build.
    turbopackFileSystemCacheForBuild: false,
  },
  // Types are checked by `npm run types` and `npm test`; a start on somebody's server need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // API paths answer alike with and without a trailing slash: a redirect would lose the body of a POST.
  skipTrailingSlashRedirect: true,
  // Node loads these as they are, once for the API and the pages of a process; bundled they would be minified for every route.
  serverExternalPackages: [
    "@ai-sdk/anthropic",
    "@ai-sdk/openai",
    "@ai-sdk/openai-compatible",
    "@aws-sdk/client-s3",
    "@aws-sdk/lib-storage",
    "@aws-sdk/s3-request-presigner",
    "@fastify/busboy",
    "@modelcontextprotocol/server",
    "@supabase/ssr",
    "@supabase/supabase-js",
    "ai",
    "ajv",
    "jose",
    "lru-cache",
    "nodemailer",
    "pg",
    "pg-boss",
    "pino",
    "prom-client",
    "semver",
    "stripe",
    "undici",
    "yauzl",
    "zod",
    "zod-openapi",
  ],
  rewrites: async () => ({
    beforeFiles: [
      { source: "/api/api/:path*", destination: "/api/:path*" },
      // Guides as Markdown; a dynamic segment cannot have an ending.
      { source: "/docs/:slug([a-z-]+)\\.md", destination: "/docs/markdown/:slug" },
      // As `unversioned` in lib/http/versions.ts: the agency's endpoints below a version are those without one.
      {
        source:
          "/api/v(1|3|4)/:word(orchestrator|pricing|spawn|spawn-team|spawn-batch|agent|agents|status|cancel|rate-limits|system|webhooks|billing|security|keys|events|metrics|teams|privacy|health)/:path*",
        destination: "/api/:word/:path*",
      },
    ],
    afterFiles: [],
    fallback: [],
  }),
  headers: async () => [
    {
      source: "/((?!api/|v1/|chat/|_next/).*)",
      headers: [
        { key: "X-Frame-Options", value: "DENY" },
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
      ],
    },
  ],
};

export default config;
