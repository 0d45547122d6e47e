import {
  Boxes,
  ChartColumn,
  CreditCard,
  Gauge,
  KeyRound,
  type LucideIcon,
  Settings,
  SquareTerminal,
  Users,
} from "lucide-react";

export type Destination = {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Pressed after G. */
  key: string;
  needsAdmin: boolean;
};

/** The pages of the dashboard, in the order of the sidebar. */
export const destinations: readonly Destination[] = [
  { href: "/dashboard", label: "Overview", icon: Gauge, key: "d", needsAdmin: false },
  { href: "/dashboard/apps", label: "Agent apps", icon: Boxes, key: "a", needsAdmin: false },
  { href: "/dashboard/playground", label: "Playground", icon: SquareTerminal, key: "p", needsAdmin: false },
  { href: "/dashboard/api-keys", label: "API keys", icon: KeyRound, key: "k", needsAdmin: true },
  { href: "/dashboard/usage", label: "Usage", icon: ChartColumn, key: "u", needsAdmin: false },
  { href: "/dashboard/billing", label: "Billing", icon: CreditCard, key: "b", needsAdmin: false },
  { href: "/dashboard/members", label: "Members", icon: Users, key: "m", needsAdmin: false },
  { href: "/dashboard/settings", label: "Settings", icon: Settings, key: "s", needsAdmin: false },
];

/** The pages that a reader may open. */
export function destinationsFor(isAdmin: boolean): readonly Destination[] {
  return destinations.filter((destination) => isAdmin || !destination.needsAdmin);
}
