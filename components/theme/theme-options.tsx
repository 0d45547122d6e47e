import { Monitor, Moon, Sun } from "lucide-react";
import type { Theme } from "./use-theme";

/** The three themes with their words and icons, for menus and settings. */
export const themeOptions: { value: Theme; label: string; icon: React.ReactNode }[] = [
  { value: "system", label: "Same as system", icon: <Monitor aria-hidden /> },
  { value: "light", label: "Light", icon: <Sun aria-hidden /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden /> },
];
