"use client";

import { Activity, DatabaseZap, Settings, Waypoints } from "lucide-react";
import { Link } from "@/components/ui/link";
import { cn } from "@/lib/client/cn";
import { useAppPath } from "@/lib/client/workspace";
import { Logo } from "./logo";
import { TenantSwitcher } from "./tenant-switcher";
import { ThemeMenu } from "./theme-menu";
import { UserMenu } from "./user-menu";

const places = [
  { href: "/exports", label: "Exports", Icon: Waypoints },
  { href: "/connections", label: "Connections", Icon: DatabaseZap },
  { href: "/activity", label: "Activity", Icon: Activity },
  { href: "/settings", label: "Settings", Icon: Settings },
];

/** Navigation for the app, the project, and the user's account. */
export function SideNav({ onNavigate }: { onNavigate?: () => void }) {
  const path = useAppPath();
  return (
    <div className="flex h-full flex-col bg-nav text-on-nav">
      <div className="flex h-14 items-center gap-2.5 px-4">
        <Logo className="size-7" />
        <span className="font-semibold text-base tracking-tight">Penstock</span>
      </div>
      <TenantSwitcher onSwitched={onNavigate} />
      <nav aria-label="Main" className="flex flex-col gap-0.5 px-3">
        {places.map(({ href, label, Icon }) => {
          const here = path.startsWith(href);
          return (
            <Link
              key={href}
              href={href}
              {...(onNavigate && { onClick: onNavigate })}
              aria-current={here ? "page" : undefined}
              className={cn(
                "flex h-11 items-center gap-2.5 rounded-lg px-3 font-medium text-on-nav-muted transition-colors hover:bg-nav-raised hover:text-on-nav md:h-9",
                here && "bg-nav-raised text-on-nav",
              )}
            >
              <Icon className="size-4" aria-hidden /> {label}
            </Link>
          );
        })}
      </nav>
      <div className="mt-auto flex items-center gap-1 border-nav-border border-t p-2">
        <UserMenu onNavigate={onNavigate} />
        <ThemeMenu className="flex size-11 shrink-0 items-center justify-center rounded-lg text-on-nav-muted hover:bg-nav-raised hover:text-on-nav md:size-9 [&_svg]:size-4" />
      </div>
    </div>
  );
}
