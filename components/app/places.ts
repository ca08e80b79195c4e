import type { Me } from "@/lib/schemas/me";

/** Where a user can work: a project, or an organization without one. */
export interface Place {
  organizationId: string;
  /** Null if the organization has no projects. */
  projectId: string | null;
  name: string;
  /** The text to search: both names. */
  label: string;
}

export interface OrganizationPlaces {
  /** Id of the organization. */
  value: string;
  name: string;
  items: Place[];
}

export const samePlace = (
  one: Pick<Place, "organizationId" | "projectId">,
  other: Pick<Place, "organizationId" | "projectId">,
) => one.organizationId === other.organizationId && one.projectId === other.projectId;

/** All places of a user, by organization. */
export const placesOf = ({ organizations }: Pick<Me, "organizations">): OrganizationPlaces[] =>
  organizations.map(({ id, name, projects }) => {
    const place = (projectId: string | null, project: string): Place => ({
      organizationId: id,
      projectId,
      name: project,
      label: `${name} ${project}`.trim(),
    });
    const items = projects.map((project) => place(project.id, project.name));
    return { value: id, name, items: items.length > 0 ? items : [place(null, "")] };
  });
