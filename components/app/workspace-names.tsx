import { useWorkspace } from "@/lib/client/workspace";
import type { Me } from "@/lib/schemas/me";

/** The frame of the current organization and project in the navigation. */
export const workspaceFrame =
  "mx-3 mb-3 flex min-h-14 items-center gap-2 rounded-lg border border-nav-border px-3 py-2 text-left";

/** Shown in the place of a project that an organization doesn’t have. */
export const NO_PROJECT = "No projects yet";

const useCurrentProject = (me: Me | undefined) => {
  const { projectId } = useWorkspace();
  return me?.projects.find(({ id }) => id === projectId);
};

/** The name of the button that opens the list. It has the words that the button shows, for those who speak them. */
export function useSwitcherLabel(me: Me | undefined): string {
  const project = useCurrentProject(me);
  const shown = me ? `: ${me.organization.name} ${project?.name ?? NO_PROJECT}` : "";
  return `Switch organization or project${shown}`;
}

/** The names of the current organization and project. */
export function WorkspaceNames({ me }: { me: Me }) {
  const project = useCurrentProject(me);
  return (
    <span className="min-w-0 flex-1">
      <span className="block truncate text-on-nav-muted text-xs" title={me.organization.name}>
        {me.organization.name}
      </span>
      {/* Between two lines, only for what reads them as one text. */ " "}
      <span className="block truncate font-medium" title={project?.name}>
        {project?.name ?? NO_PROJECT}
      </span>
    </span>
  );
}
