"use client";

import { Boxes, Coins, Download, Keyboard, LogOut, Plus, Repeat } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { themeOptions } from "#components/theme/theme-options";
import { useTheme } from "#components/theme/use-theme";
import { destinationsFor } from "./navigation";
import { signOut } from "./sign-out";

export type Command = { value: string; label: string; icon: ReactNode; keys?: string; run: () => void };

/** What the command palette offers, in groups; nothing the reader's role forbids. */
export function useCommands(isAdmin: boolean, onShowShortcuts: () => void): { value: string; items: Command[] }[] {
  const router = useRouter();
  const [, setTheme] = useTheme();
  const pages = destinationsFor(isAdmin).map(({ href, label, icon: Icon, key }) => ({
    value: href,
    label,
    icon: <Icon aria-hidden />,
    keys: `G ${key.toUpperCase()}`,
    run: () => router.push(href),
  }));
  const createApp = {
    value: "create-app",
    label: "Create agent app",
    icon: <Boxes aria-hidden />,
    run: () => router.push("/dashboard/apps?create=1"),
  };
  const orchestrate = {
    value: "start-orchestration",
    label: "Start an orchestration",
    icon: <Repeat aria-hidden />,
    run: () => router.push("/dashboard/playground?mode=orchestrate"),
  };
  const addProviderKey = {
    value: "add-provider-key",
    label: "Add a provider key",
    icon: <Plus aria-hidden />,
    run: () => router.push("/dashboard/models?create=1"),
  };
  const createKey = {
    value: "create-key",
    label: "Create API key",
    icon: <Plus aria-hidden />,
    run: () => router.push("/dashboard/api-keys?create=1"),
  };
  const buyCredits = {
    value: "buy-credits",
    label: "Buy credits",
    icon: <Coins aria-hidden />,
    run: () => router.push("/dashboard/billing#buy"),
  };
  return [
    { value: "Pages", items: pages },
    {
      value: "Actions",
      items: [
        ...(isAdmin ? [createKey] : []),
        createApp,
        orchestrate,
        ...(isAdmin ? [addProviderKey, buyCredits] : []),
        {
          value: "export-usage",
          label: "Export usage",
          icon: <Download aria-hidden />,
          run: () => router.push("/dashboard/usage?export=1"),
        },
        {
          value: "shortcuts",
          label: "Keyboard shortcuts",
          icon: <Keyboard aria-hidden />,
          run: onShowShortcuts,
        },
        { value: "sign-out", label: "Sign out", icon: <LogOut aria-hidden />, run: signOut },
      ],
    },
    {
      value: "Theme",
      items: themeOptions.map(({ value, label, icon }) => ({
        value: `theme-${value}`,
        label: `Theme: ${label.toLowerCase()}`,
        icon,
        run: () => setTheme(value),
      })),
    },
  ];
}
