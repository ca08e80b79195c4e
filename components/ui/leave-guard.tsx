"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { belowBase } from "@/lib/base-path";
import { leavesSilently } from "@/lib/client/leave-silently";

const ConfirmDialog = dynamic(() => import("./confirm-dialog").then((it) => it.ConfirmDialog), { loading: () => null });

interface LeaveGuardProps {
  /** Whether something would be left unsaved. */
  when: boolean;
  title: string;
  /** Whether what is left can be taken up again. */
  harmless?: boolean;
  children: ReactNode;
}

/** Asks before a link leaves a form, and has the browser ask before the tab does. */
export function LeaveGuard({ when, title, harmless = false, children }: LeaveGuardProps) {
  const router = useRouter();
  const [target, setTarget] = useState<string | null>(null);
  const [wasAsked, setWasAsked] = useState(false);
  if (target !== null && !wasAsked) setWasAsked(true);
  useEffect(() => {
    if (!when) return;
    const ask = (event: BeforeUnloadEvent) => {
      if (!leavesSilently()) event.preventDefault();
    };
    const hold = (event: MouseEvent) => {
      const path = pathLeft(event);
      if (path === null) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(path);
    };
    window.addEventListener("beforeunload", ask);
    // Before the links' own handlers.
    window.addEventListener("click", hold, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", ask);
      window.removeEventListener("click", hold, { capture: true });
    };
  }, [when]);
  if (!wasAsked) return null;
  return (
    <ConfirmDialog
      open={target !== null}
      onOpenChange={(open) => !open && setTarget(null)}
      title={title}
      confirmLabel="Leave"
      cancelLabel="Stay"
      harmless={harmless}
      onConfirm={() => {
        if (target !== null) router.push(target);
        setTarget(null);
      }}
    >
      {children}
    </ConfirmDialog>
  );
}

/** Where a click on a link of the app leads in this tab; null if it stays on the page. */
function pathLeft(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link?.href || link.target === "_blank" || link.hasAttribute("download")) return null;
  const { origin, pathname, search, hash } = new URL(link.href);
  if (origin !== window.location.origin || pathname === window.location.pathname) return null;
  return belowBase(pathname) + search + hash;
}
