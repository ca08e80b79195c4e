"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { Menu, MenuRadioGroup, MenuRadioItem } from "@/components/ui/menu";

const themes = [
  { value: "system", label: "System", Icon: Monitor },
  { value: "light", label: "Light", Icon: Sun },
  { value: "dark", label: "Dark", Icon: Moon },
];

/** Light, dark, or the system's theme. */
export function ThemeMenu({ className }: { className: string }) {
  const { theme = "system", setTheme } = useTheme();
  return (
    <Menu
      side="top"
      trigger={
        <button type="button" aria-label="Color theme" className={className}>
          <Sun className="dark:hidden" aria-hidden />
          <Moon className="hidden dark:block" aria-hidden />
        </button>
      }
    >
      <MenuRadioGroup value={theme} onChange={setTheme}>
        {themes.map(({ value, label, Icon }) => (
          <MenuRadioItem key={value} value={value}>
            <Icon aria-hidden /> {label}
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
    </Menu>
  );
}
