"use client";

import { LogOut, UserRound } from "lucide-react";
import { themeOptions } from "#components/theme/theme-options";
import { useTheme } from "#components/theme/use-theme";
import { Button } from "#components/ui/button";
import { Menu, MenuChoice, MenuItem, MenuSeparator, MenuText } from "#components/ui/menu";
import { signOut } from "./sign-out";

/** Who is signed in, the theme, and the way out. */
export function UserMenu({ email, role }: { email: string; role: string }) {
  const [theme, setTheme] = useTheme();
  return (
    <Menu
      className="w-60"
      trigger={
        <Button variant="ghost" size="icon" aria-label="Account menu">
          <UserRound aria-hidden />
        </Button>
      }
    >
      <MenuText>
        <span className="block truncate text-foreground text-sm">{email}</span>
        <span className="capitalize">{role}</span>
      </MenuText>
      <MenuSeparator />
      <MenuChoice label="Theme" value={theme} onValueChange={setTheme} options={themeOptions} />
      <MenuSeparator />
      <MenuItem onClick={signOut}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  );
}
