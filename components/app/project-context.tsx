"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { createContext, type ReactNode, useContext } from "react";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { meQuery } from "@/lib/client/queries";
import { useHydrated } from "@/lib/client/use-hydrated";
import type { Project } from "@/lib/schemas/project";
import { NoProject } from "./no-project";

const ProjectContext = createContext<Project | null>(null);

/** The page's current project. Throws outside of a `ProjectGate`. */
export function useProject(): Project {
  const project = useContext(ProjectContext);
  if (!project) throw new Error("useProject needs a ProjectGate above it");
  return project;
}

/** Pages about the organization or the user, which work without a project. */
const WITHOUT_PROJECT = ["/settings", "/account", "/open"];

/** Pages that the server renders whole. Others read the browser's storage or clock, and show a skeleton until then. */
const ON_SERVER = /\/exports$/;

/** Renders its children once the project is known. Without one, renders only pages that need none. */
export function ProjectGate({ children }: { children: ReactNode }) {
  const me = useQuery(meQuery());
  const path = usePathname();
  const isReady = useHydrated() || ON_SERVER.test(path);
  if (me.isPending || !isReady) return <PageSkeleton />;
  if (me.isError)
    return <ErrorState title="Your account can't be loaded" error={me.error} onRetry={() => me.refetch()} />;
  const project = me.data.projects.find(({ id }) => id === me.data.projectId) ?? null;
  const needed = !WITHOUT_PROJECT.some((place) => path === place || path.startsWith(`${place}/`));
  if (!project && needed) return <NoProject me={me.data} />;
  // Remounts everything for another project, so that no typed or selected values carry over.
  return (
    <ProjectContext key={project?.id} value={project}>
      {children}
    </ProjectContext>
  );
}

export function PageSkeleton() {
  return (
    <>
      <Skeleton className="mb-6 h-8 w-48" />
      <TableSkeleton label="Loading" />
    </>
  );
}
