import { redirect } from "next/navigation";
import { findHome } from "@/lib/services/workspaces";
import { pathIn } from "@/lib/workspace-path";
import { currentSession } from "./current-session";
import { type SearchParams, searchOf } from "./search";

export interface HomePageProps {
  params: Promise<{ organizationId: string; projectId: string; id: string }>;
  searchParams: SearchParams;
}

/**
 * Returns the id of a page's export or connection. Redirects to its own workspace if the URL has another one and the
 * user is a member there. `below` is the rest of the page's path, like `/edit`.
 */
export async function openAtHome(kind: "exports" | "connections", { params, searchParams }: HomePageProps, below = "") {
  const { organizationId, projectId, id } = await params;
  const session = await currentSession(organizationId);
  const home = session && (await findHome(session.userId, kind, id));
  if (home && (home.organizationId !== organizationId || home.projectId !== projectId))
    redirect(pathIn(home, `/${kind}/${id}${below}`) + (await searchOf(searchParams)));
  return id;
}
