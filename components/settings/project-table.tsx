"use client";

import { ArrowRight, CircleCheck, Pencil } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { useMay } from "@/lib/client/use-may";
import { useSwitchPlace } from "@/lib/client/use-switch-place";
import type { Me } from "@/lib/schemas/me";
import type { Project } from "@/lib/schemas/project";

/** The projects of the organization, and which of them one works in. */
export function ProjectTable({ me, onRename }: { me: Me; onRename: (project: Project) => void }) {
  return (
    <Table aria-label="Projects">
      <thead className="max-sm:sr-only">
        <tr>
          <Th>Project</Th>
          <Th className="hidden sm:table-cell">Id in ClickHouse</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {me.projects.map((project) => (
          <ProjectRow key={project.id} project={project} me={me} onRename={() => onRename(project)} />
        ))}
      </tbody>
    </Table>
  );
}

function ProjectRow({ project, me, onRename }: { project: Project; me: Me; onRename: () => void }) {
  const mayRename = useMay("projects.manage");
  const change = useSwitchPlace();
  return (
    <Tr>
      <Td className="w-full max-w-0 py-3">
        <div className="flex items-center gap-2">
          <span className="truncate font-medium" title={project.name}>
            {project.name}
          </span>
          {project.id === me.projectId && (
            <Badge tone="info">
              <CircleCheck aria-hidden /> Current
            </Badge>
          )}
        </div>
        <p className="text-muted text-xs sm:hidden">Project {project.sourceProjectId} in ClickHouse</p>
      </Td>
      <Td className="hidden whitespace-nowrap font-mono text-xs sm:table-cell">{project.sourceProjectId}</Td>
      <Td className="pr-2">
        <div className="flex justify-end gap-1">
          {project.id !== me.projectId && (
            <Button
              size="sm"
              variant="ghost"
              aria-label={`Open ${project.name}`}
              pending={change.isPending}
              onClick={() => change.mutate({ organizationId: me.organization.id, projectId: project.id })}
            >
              <ArrowRight aria-hidden /> Open
            </Button>
          )}
          {mayRename && (
            <Button size="sm" variant="ghost" aria-label={`Rename ${project.name}`} onClick={onRename}>
              <Pencil aria-hidden /> <span className="max-sm:sr-only">Rename</span>
            </Button>
          )}
        </div>
      </Td>
    </Tr>
  );
}
