"use client";

import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext } from "react";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { meQuery } from "@/lib/client/queries";
import type { Project } from "@/lib/schemas/project";

const ProjectContext = createContext<Project | null>(null);

/** The project that the page shows. */
export function useProject(): Project {
  const project = useContext(ProjectContext);
  if (!project) throw new Error("useProject needs a ProjectGate above it");
  return project;
}

/** Shows its children once it is known which project they are about. */
export function ProjectGate({ children }: { children: ReactNode }) {
  const me = useQuery(meQuery());
  if (me.isPending) return <PageSkeleton />;
  if (me.isError)
    return <ErrorState title="Your account can't be loaded" error={me.error} onRetry={() => me.refetch()} />;
  const project = me.data.projects[0];
  if (!project)
    return (
      <ErrorState
        title="No project"
        error={new Error("Your organization has no project yet. Ask its owner to make one.")}
      />
    );
  return <ProjectContext value={project}>{children}</ProjectContext>;
}

export function PageSkeleton() {
  return (
    <>
      <Skeleton className="mb-6 h-8 w-48" />
      <TableSkeleton label="Loading" />
    </>
  );
}
