"use client";

// The finished browser build, not the package's entry: that one needs 170 further packages to be installed and bundled
// (package.json replaces them by an empty one), which this one holds already.
import { createApiReference } from "../../../node_modules/@scalar/api-reference/dist/browser/standalone.esm.js";
import "./reference.css";
import { useEffect, useRef } from "react";
import { ownFetch } from "./own-fetch";
import { useIsDark } from "./use-is-dark";

/**
 * The reference of /api/openapi.json. It can call every endpoint as the signed-in reader, or with a key that is pasted into
 * it and forgotten when the page is left. Nothing is fetched from, or sent to, any other site.
 */
export function Reference() {
  const element = useRef<HTMLDivElement>(null);
  const shown = useRef<ReturnType<typeof createApiReference>>(null);
  const isDark = useIsDark();
  useEffect(() => {
    if (!element.current) return;
    if (shown.current) shown.current.updateConfiguration(configuration(isDark));
    else shown.current = createApiReference(element.current, configuration(isDark));
  }, [isDark]);
  useEffect(
    () => () => {
      shown.current?.destroy();
      shown.current = null;
    },
    [],
  );
  return <div ref={element} />;
}

function configuration(isDark: boolean) {
  return {
    url: "/api/openapi.json",
    baseServerURL: window.location.origin,
    customFetch: ownFetch,
    authentication: { preferredSecurityScheme: "bearer" },
    persistAuth: false,
    forceDarkModeState: isDark ? "dark" : "light",
    hideDarkModeToggle: true,
    hideClientButton: true,
    withDefaultFonts: false,
    telemetry: false,
    showDeveloperTools: "never",
    agent: { disabled: true },
    mcp: { disabled: true },
    theme: "none",
    defaultOpenAllTags: false,
    searchHotKey: "j",
  };
}
