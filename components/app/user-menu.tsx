"use client";

import { useQuery } from "@tanstack/react-query";
import { BookOpen, ChevronsUpDown, CircleUserRound, LogOut } from "lucide-react";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { endSession } from "@/lib/client/end-session";
import { meQuery } from "@/lib/client/queries";
import { useAppRouter } from "@/lib/client/workspace";

/** Shows the signed-in user, and signs out. */
export function UserMenu({ onNavigate }: { onNavigate?: (() => void) | undefined }) {
  const me = useQuery(meQuery());
  const router = useAppRouter();
  const name = me.data?.user.name || me.data?.user.email || "";
  return (
    <Menu
      side="top"
      align="start"
      trigger={
        <button
          type="button"
          className="flex h-11 min-w-0 flex-1 items-center gap-2 rounded-lg px-2 text-left hover:bg-nav-raised"
        >
          <span className="sr-only">Account</span>
          <span
            aria-hidden
            className="flex size-7 shrink-0 items-center justify-center rounded-full bg-nav-raised font-semibold text-xs uppercase"
          >
            {name.slice(0, 1)}
          </span>
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium text-[0.8125rem]">{name || "…"}</span>
            <span className="block truncate text-on-nav-muted text-xs capitalize">{me.data?.role ?? ""}</span>
          </span>
          <ChevronsUpDown className="size-3.5 shrink-0 text-on-nav-muted" aria-hidden />
        </button>
      }
    >
      <p className="max-w-64 truncate px-2.5 py-1.5 text-muted text-xs">{me.data?.user.email}</p>
      <MenuSeparator />
      <MenuItem
        onSelect={() => {
          onNavigate?.();
          router.push("/account");
        }}
      >
        <CircleUserRound aria-hidden /> Your account
      </MenuItem>
      <MenuItem
        onSelect={() => {
          onNavigate?.();
          router.push("/docs");
        }}
      >
        <BookOpen aria-hidden /> Documentation
      </MenuItem>
      <MenuItem onSelect={endSession}>
        <LogOut aria-hidden /> Sign out
      </MenuItem>
    </Menu>
  );
}
