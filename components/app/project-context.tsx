"use client";

import { useQuery } from "@tanstack/react-query";
import { FolderX } from "lucide-react";
import { createContext, type ReactNode, useContext } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { meQuery } from "@/lib/client/queries";
import type { Project } from "@/lib/schemas/project";

const ProjectContext = createContext<Project | null>(null);

/** The page's current project. Throws outside of a `ProjectGate`. */
export function useProject(): Project {
  const project = useContext(ProjectContext);
  if (!project) throw new Error("useProject needs a ProjectGate above it");
  return project;
}

/** Renders its children with the project of the URL. */
export function ProjectGate({ projectId, children }: { projectId: string; children: ReactNode }) {
  const { data: me } = useQuery(meQuery());
  if (!me) return <PageSkeleton />;
  const project = me.projects.find(({ id }) => id === projectId);
  if (!project) return <UnknownProject />;
  // Remounts everything for another project, so that no typed or selected values carry over.
  return (
    <ProjectContext key={project.id} value={project}>
      {children}
    </ProjectContext>
  );
}

const UnknownProject = () => (
  <EmptyState
    page
    icon={<FolderX aria-hidden />}
    title="Project not found"
    action={
      <ButtonLink href="/settings/projects" variant="primary">
        View projects
      </ButtonLink>
    }
  >
    It may belong to another organization, or the link is mistyped.
  </EmptyState>
);

export function PageSkeleton() {
  return (
    <>
      <Skeleton className="mb-6 h-8 w-48" />
      <TableSkeleton label="Loading" />
    </>
  );
}
