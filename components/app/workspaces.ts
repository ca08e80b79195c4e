import type { Me } from "@/lib/schemas/me";

/** Where a user can work: a project, or an organization without one. */
export interface Workspace {
  organizationId: string;
  /** Null if the organization has no projects. */
  projectId: string | null;
  name: string;
  /** The text to search: both names. */
  label: string;
}

export interface OrganizationWorkspaces {
  /** Id of the organization. */
  value: string;
  name: string;
  items: Workspace[];
}

export const sameWorkspace = (
  one: Pick<Workspace, "organizationId" | "projectId">,
  other: Pick<Workspace, "organizationId" | "projectId">,
) => one.organizationId === other.organizationId && one.projectId === other.projectId;

/** All places of a user, by organization. */
export const workspacesOf = ({ organizations }: Pick<Me, "organizations">): OrganizationWorkspaces[] =>
  organizations.map(({ id, name, projects }) => {
    const place = (projectId: string | null, project: string): Workspace => ({
      organizationId: id,
      projectId,
      name: project,
      label: `${name} ${project}`.trim(),
    });
    const items = projects.map((project) => place(project.id, project.name));
    return { value: id, name, items: items.length > 0 ? items : [place(null, "")] };
  });
