"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import { PageHeader } from "@/components/app/page-header";
import { Link } from "@/components/ui/link";
import { cn } from "@/lib/client/cn";
import { meQuery } from "@/lib/client/queries";
import { useMay } from "@/lib/client/use-may";
import { useAppPath } from "@/lib/client/workspace";
import { SETTINGS } from "./pages";

/** The heading and navigation of all settings. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const me = useQuery(meQuery());
  return (
    <>
      <PageHeader
        title="Settings"
        description={
          <p className="truncate" title={me.data?.organization.name}>
            {me.data?.organization.name ?? "\u00a0"}
          </p>
        }
      />
      <nav aria-label="Settings" className="mb-6 flex gap-1 overflow-x-auto border-border border-b px-px">
        {SETTINGS.map((place) => (
          <PlaceLink key={place.href} {...place} />
        ))}
      </nav>
      {children}
    </>
  );
}

/** Hides pages that the user may not see. Visiting one anyway shows who may see it. */
function PlaceLink({ href, label, permission }: (typeof SETTINGS)[number]) {
  const path = useAppPath();
  const link = useRef<HTMLAnchorElement>(null);
  const here = path === href;
  useEffect(() => {
    // On a phone the row is wider than the screen.
    if (here) link.current?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [here]);
  if (!useMay(permission) && !here) return null;
  return (
    <Link
      ref={link}
      href={href}
      aria-current={here ? "page" : undefined}
      className={cn(
        "flex h-11 shrink-0 items-center whitespace-nowrap rounded-t-md border-transparent border-b-2 px-3 font-medium text-muted transition-colors hover:text-foreground focus-visible:outline-offset-[-2px] sm:h-10",
        here && "border-primary text-foreground",
      )}
    >
      {label}
    </Link>
  );
}
