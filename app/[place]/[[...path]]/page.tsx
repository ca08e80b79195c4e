import { notFound, redirect } from "next/navigation";
import { currentSession } from "@/app/_lib/current-session";
import { type SearchParams, searchOf } from "@/app/_lib/search";
import { ToSignIn } from "@/components/auth/to-sign-in";
import type { Session } from "@/lib/services/auth";
import { findHome, lastProjectOf } from "@/lib/services/workspaces";
import { needsWorkspace, pathIn, type WorkspaceIds } from "@/lib/workspace-path";

interface PageProps {
  params: Promise<{ place: string; path?: string[] }>;
  searchParams: SearchParams;
}

/**
 * Redirects paths without a workspace, as links had them before: to the workspace of the export or connection that they
 * name, otherwise to the one that the user opened last. `/open/{organization}/…`, of older mails, names the organization.
 */
export default async function Page({ params, searchParams }: PageProps) {
  const { place, path = [] } = await params;
  const [named, ...rest] = place === "open" ? path : [undefined, place, ...path];
  // Next gives segments as they are in the URL, still encoded.
  const target = `/${rest.join("/")}`;
  if (!needsWorkspace(target) || (place === "open" && !named)) notFound();
  const session = await currentSession(named);
  if (!session) return <ToSignIn />;
  const [kind = "", id = ""] = rest;
  const home = (await findHome(session.userId, kind, id)) ?? (await lastHome(session, named));
  redirect(pathIn(home, target) + (await searchOf(searchParams)));
}

/** The named organization's workspace, by default the last one. In an organization of others, the page says so. */
async function lastHome({ organizationId, last }: Session, named = organizationId): Promise<WorkspaceIds> {
  if (named !== organizationId) return { organizationId: named, projectId: null };
  return { organizationId, projectId: await lastProjectOf(organizationId, last.projectId) };
}
