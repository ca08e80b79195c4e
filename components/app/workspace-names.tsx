import { useWorkspace } from "@/lib/client/workspace";
import type { Me } from "@/lib/schemas/me";

/** The frame of the current organization and project in the navigation. */
export const workspaceFrame =
  "mx-3 mb-3 flex min-h-14 items-center gap-2 rounded-lg border border-nav-border px-3 py-2 text-left";

/** The names of the current organization and project. */
export function WorkspaceNames({ me }: { me: Me }) {
  const { projectId } = useWorkspace();
  const project = me.projects.find(({ id }) => id === projectId);
  return (
    <span className="min-w-0 flex-1">
      <span className="block truncate text-on-nav-muted text-xs" title={me.organization.name}>
        {me.organization.name}
      </span>
      <span className="block truncate font-medium" title={project?.name}>
        {project?.name ?? "No projects yet"}
      </span>
    </span>
  );
}
