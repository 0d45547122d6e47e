import {
  Activity,
  ArrowLeftRight,
  BookOpen,
  Bot,
  Boxes,
  Calculator,
  ChartColumn,
  CreditCard,
  EyeOff,
  FolderKanban,
  Gauge,
  IdCard,
  KeyRound,
  LibraryBig,
  type LucideIcon,
  MessagesSquare,
  Network,
  Rocket,
  Settings,
  ShieldCheck,
  SquareTerminal,
  Users,
  Wallet,
} from "lucide-react";

export type Destination = {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Pressed after G. */
  key: string;
  needsAdmin: boolean;
  /** The words above the first of several that belong together. */
  group?: string;
};

/** The pages of the dashboard, in the order of the sidebar, and the guides. */
export const destinations: readonly Destination[] = [
  { href: "/dashboard", label: "Overview", icon: Gauge, key: "d", needsAdmin: false },
  { href: "/dashboard/apps", label: "Agent apps", icon: Boxes, key: "a", needsAdmin: false },
  { href: "/dashboard/playground", label: "Playground", icon: SquareTerminal, key: "p", needsAdmin: false },
  { href: "/dashboard/runs", label: "Runs", icon: Activity, key: "r", needsAdmin: false },
  { href: "/dashboard/sessions", label: "Sessions", icon: MessagesSquare, key: "e", needsAdmin: false },
  { href: "/dashboard/models", label: "Models", icon: Bot, key: "o", needsAdmin: false },
  { href: "/dashboard/agents", label: "Agents", icon: Rocket, key: "g", needsAdmin: false, group: "Agency" },
  { href: "/dashboard/teams", label: "Teams", icon: Network, key: "t", needsAdmin: false, group: "Agency" },
  { href: "/dashboard/budget", label: "Budget", icon: Wallet, key: "l", needsAdmin: false, group: "Agency" },
  {
    href: "/dashboard/projects",
    label: "Projects",
    icon: FolderKanban,
    key: "j",
    needsAdmin: false,
    group: "Work desk",
  },
  { href: "/dashboard/accounts", label: "Accounts", icon: IdCard, key: "c", needsAdmin: false, group: "Work desk" },
  {
    href: "/dashboard/handoff",
    label: "Hand-over",
    icon: ArrowLeftRight,
    key: "h",
    needsAdmin: false,
    group: "Work desk",
  },
  { href: "/dashboard/knowledge", label: "Knowledge", icon: BookOpen, key: "w", needsAdmin: false, group: "Work desk" },
  { href: "/dashboard/api-keys", label: "API keys", icon: KeyRound, key: "k", needsAdmin: true, group: "Organization" },
  { href: "/dashboard/usage", label: "Usage", icon: ChartColumn, key: "u", needsAdmin: false, group: "Organization" },
  {
    href: "/dashboard/billing",
    label: "Billing",
    icon: CreditCard,
    key: "b",
    needsAdmin: false,
    group: "Organization",
  },
  {
    href: "/dashboard/pricing",
    label: "Pricing",
    icon: Calculator,
    key: "q",
    needsAdmin: false,
    group: "Organization",
  },
  { href: "/dashboard/members", label: "Members", icon: Users, key: "m", needsAdmin: false, group: "Organization" },
  {
    href: "/dashboard/security",
    label: "Security",
    icon: ShieldCheck,
    key: "y",
    needsAdmin: true,
    group: "Organization",
  },
  { href: "/dashboard/privacy", label: "Privacy", icon: EyeOff, key: "v", needsAdmin: true, group: "Organization" },
  {
    href: "/dashboard/settings",
    label: "Settings",
    icon: Settings,
    key: "s",
    needsAdmin: false,
    group: "Organization",
  },
  { href: "/docs", label: "Docs", icon: LibraryBig, key: "i", needsAdmin: false, group: "Help" },
];

/** The pages that a reader may open. */
export function destinationsFor(isAdmin: boolean): readonly Destination[] {
  return destinations.filter((destination) => isAdmin || !destination.needsAdmin);
}
