import type { DehydratedState } from "@tanstack/react-query";
import { ClockAlert } from "lucide-react";
import type { ReactNode } from "react";
import { HoldBanner } from "@/components/installation/hold-banner";
import type { WorkspaceIds } from "@/lib/workspace-path";
import { AppFooter, type Build } from "./app-footer";
import { MobileNav } from "./mobile-nav";
import { SideNav } from "./side-nav";
import { MemberGate, Workspace } from "./workspace";

interface AppShellProps {
  children: ReactNode;
  /** The page's organization and, for links from pages outside of projects, its project. */
  workspace: WorkspaceIds;
  /** The workspace that the session opened last. */
  last: { organizationId: string | null; projectId: string | null };
  /** Answers that the server has already. */
  known: DehydratedState;
  /** When the server rendered it, in milliseconds. */
  renderedAt: number;
  clockNotice: string | null;
  build: Build;
  /** Whether nothing runs until an operator decides. */
  isHeld: boolean;
}

/** The frame around every page of a signed-in user; `clockNotice` names the clock that is off, if any. */
export function AppShell({ children, workspace, last, clockNotice, build, isHeld, ...came }: AppShellProps) {
  const { organizationId } = workspace;
  return (
    <Workspace key={organizationId} {...workspace} last={last} {...came}>
      <div className="min-h-dvh md:grid md:grid-cols-[15rem_minmax(0,1fr)] print:block">
        <a
          href="#content"
          className="fixed top-2 left-2 z-70 -translate-y-16 rounded-lg bg-primary px-3 py-2 font-medium text-on-primary focus:translate-y-0 print:hidden"
        >
          Skip to content
        </a>
        <aside className="sticky top-0 hidden h-dvh md:block print:hidden">
          <SideNav />
        </aside>
        <MobileNav />
        <div className="flex min-w-0 flex-col">
          {/* As high as the window, so that content which comes later never moves the footer in sight. */}
          <main
            id="content"
            tabIndex={-1}
            className="min-h-dvh min-w-0 px-4 py-5 outline-none sm:px-6 lg:px-8 lg:py-7 print:min-h-0 print:p-0"
          >
            <div className="mx-auto max-w-6xl">
              {isHeld && <HoldBanner />}
              {clockNotice && <ClockBanner message={clockNotice} />}
              <MemberGate organizationId={organizationId}>{children}</MemberGate>
            </div>
          </main>
          <AppFooter build={build} />
        </div>
      </div>
    </Workspace>
  );
}

/** Shown above every page while a process's clock is off. */
function ClockBanner({ message }: { message: string }) {
  return (
    <p role="alert" className="mb-5 flex gap-3 rounded-xl bg-warn-soft p-3.5">
      <ClockAlert className="mt-0.5 size-5 shrink-0 text-warn" aria-hidden />
      <span>{message} Windows follow the database’s clock, so none is exported too early.</span>
    </p>
  );
}
