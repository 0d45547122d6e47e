"use client";

import { ApiReferenceReact } from "@scalar/api-reference-react";
import "@scalar/api-reference-react/style.css";
import "./reference.css";
import { useMemo } from "react";
import { ownFetch } from "./own-fetch";
import { useIsDark } from "./use-is-dark";

/**
 * The reference of /api/openapi.json. It can call every endpoint as the signed-in reader, or with a key that is pasted into
 * it and forgotten when the page is left. Nothing is fetched from, or sent to, any other site.
 */
export function Reference() {
  const isDark = useIsDark();
  const configuration = useMemo(
    () => ({
      url: "/api/openapi.json",
      baseServerURL: window.location.origin,
      customFetch: ownFetch,
      authentication: { preferredSecurityScheme: "bearer" },
      persistAuth: false,
      forceDarkModeState: isDark ? ("dark" as const) : ("light" as const),
      hideDarkModeToggle: true,
      hideClientButton: true,
      withDefaultFonts: false,
      telemetry: false,
      showDeveloperTools: "never" as const,
      agent: { disabled: true },
      mcp: { disabled: true },
      theme: "none" as const,
      defaultOpenAllTags: false,
      searchHotKey: "j" as const,
    }),
    [isDark],
  );
  return <ApiReferenceReact configuration={configuration} />;
}
