"use client";

import { ArrowRight, CircleCheck, KeyRound, Pencil } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { type Column, DataTable } from "@/components/ui/data-table";
import { useMay } from "@/lib/client/use-may";
import { useSwitchWorkspace, useWorkspace } from "@/lib/client/workspace";
import type { Me } from "@/lib/schemas/me";
import type { Project } from "@/lib/schemas/project";

interface ProjectTableProps {
  me: Me;
  onRename: (project: Project) => void;
  onNewSalt: (project: Project) => void;
}

/** The organization's projects; marks the current one. */
export function ProjectTable({ me, onRename, onNewSalt }: ProjectTableProps) {
  const { projectId: current } = useWorkspace();
  const columns: Column<Project>[] = [
    {
      header: "Project",
      className: "w-full max-w-0 py-3",
      cell: (project) => <Name project={project} isCurrent={project.id === current} />,
    },
    {
      header: "ID in ClickHouse",
      from: "sm",
      className: "whitespace-nowrap font-mono text-xs",
      cell: ({ sourceProjectId }) => sourceProjectId,
    },
    {
      header: "Actions",
      headerClass: "sr-only",
      className: "pr-2",
      cell: (project) => (
        <Actions project={project} onRename={() => onRename(project)} onNewSalt={() => onNewSalt(project)} />
      ),
    },
  ];
  return <DataTable label="Projects" columns={columns} rows={me.projects} keyOf={({ id }) => id} />;
}

function Name({ project, isCurrent }: { project: Project; isCurrent: boolean }) {
  return (
    <>
      <div className="flex items-center gap-2">
        <span className="truncate font-medium" title={project.name}>
          {project.name}
        </span>
        {isCurrent && (
          <Badge tone="info">
            <CircleCheck aria-hidden /> Current
          </Badge>
        )}
      </div>
      {project.saltUnreadable && (
        <p className="text-bad text-xs">
          The key of its salt is lost: exports that hash columns fail until the key is restored or a new salt is set.
        </p>
      )}
      <p className="text-muted text-xs sm:hidden">Project {project.sourceProjectId} in ClickHouse</p>
    </>
  );
}

interface ActionsProps {
  project: Project;
  onRename: () => void;
  onNewSalt: () => void;
}

function Actions({ project, onRename, onNewSalt }: ActionsProps) {
  const mayReplace = useMay("salts.replace");
  const mayRename = useMay("projects.manage");
  const { projectId: current, organizationId } = useWorkspace();
  const { open, isPending } = useSwitchWorkspace();
  return (
    <div className="flex justify-end gap-1">
      {project.id !== current && (
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Open ${project.name}`}
          pending={isPending}
          onClick={() => open({ organizationId, projectId: project.id })}
        >
          <ArrowRight aria-hidden /> Open
        </Button>
      )}
      {project.saltUnreadable && mayReplace && (
        <Button size="sm" variant="ghost" aria-label={`Set a new salt for ${project.name}`} onClick={onNewSalt}>
          <KeyRound aria-hidden /> New salt
        </Button>
      )}
      {mayRename && (
        <Button size="sm" variant="ghost" aria-label={`Rename ${project.name}`} onClick={onRename}>
          <Pencil aria-hidden /> <span className="max-sm:sr-only">Rename</span>
        </Button>
      )}
    </div>
  );
}
