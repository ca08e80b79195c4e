"use client";

import { type DehydratedState, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { ErrorState } from "@/components/ui/states";
import { ask, workIn } from "@/lib/client/api";
import { meQuery } from "@/lib/client/queries";
import { makeQueryClient } from "@/lib/client/query-client";
import { RenderedAt } from "@/lib/client/use-time";
import { WorkspaceContext } from "@/lib/client/workspace";
import type { WorkspaceIds } from "@/lib/workspace-path";
import { KnownAnswers } from "./known-answers";
import { NotMember } from "./not-member";
import { PageSkeleton } from "./project-context";

interface WorkspaceProps {
  organizationId: string;
  /** The organization's project to link to from pages that are in none. */
  projectId: string | null;
  /** The workspace that the session opened last. */
  last: { organizationId: string | null; projectId: string | null };
  /** Answers that the server has already. */
  known: DehydratedState;
  /** When the server rendered the page, in milliseconds. */
  renderedAt: number;
  children: ReactNode;
}

/**
 * The workspace of everything in it, by the URL: its links, its requests, and their answers. Two tabs can be in two
 * organizations. Needs another `key` for another organization.
 */
export function Workspace({ organizationId, projectId, last, known, renderedAt, children }: WorkspaceProps) {
  const [queries] = useState(makeQueryClient);
  // Runs before the effects of everything inside, which send requests.
  useLayoutEffect(() => workIn(organizationId), [organizationId]);
  return (
    <QueryClientProvider client={queries}>
      <KnownAnswers state={known}>
        <Located organizationId={organizationId} projectId={projectId} last={last}>
          <RenderedAt value={renderedAt}>{children}</RenderedAt>
        </Located>
      </KnownAnswers>
    </QueryClientProvider>
  );
}

function Located({ organizationId, projectId, last, children }: Omit<WorkspaceProps, "known" | "renderedAt">) {
  const { projectId: inUrl } = useParams<{ projectId?: string }>();
  const { data: me } = useQuery(meQuery());
  // Settings are outside of projects: their links lead back to the one that this tab was in.
  const [left, setLeft] = useState(projectId);
  if (inUrl !== undefined && inUrl !== left) setLeft(inUrl);
  const current = inUrl ?? left ?? me?.projectId ?? null;
  useRemember({ organizationId, projectId: current }, last);
  const workspace = useMemo(() => ({ organizationId, projectId: current }), [organizationId, current]);
  return <WorkspaceContext value={workspace}>{children}</WorkspaceContext>;
}

/** Makes the workspace the one that a new tab and the next session open. */
function useRemember({ organizationId, projectId }: WorkspaceIds, last: WorkspaceProps["last"]): void {
  const remembered = useRef(`${last.organizationId} ${last.projectId}`);
  useEffect(() => {
    const wanted = `${organizationId} ${projectId}`;
    if (wanted === remembered.current) return;
    remembered.current = wanted;
    // Nothing depends on it: every page has its workspace in its URL.
    ask("switchPlace", { body: { organizationId, ...(projectId !== null && { projectId }) } }).catch(() => {});
  }, [organizationId, projectId]);
}

/** Renders its children once the user is known, and while they are a member of the page's organization. */
export function MemberGate({ organizationId, children }: { organizationId: string; children: ReactNode }) {
  const me = useQuery(meQuery());
  if (me.isPending) return <PageSkeleton />;
  if (me.isError)
    return <ErrorState page title="Couldn’t load your account" error={me.error} onRetry={() => me.refetch()} />;
  return me.data.organization.id === organizationId ? children : <NotMember email={me.data.user.email} />;
}
