import type { Me } from "@/lib/schemas/me";

/** Where one may work: a project, or an organization that has none yet. */
export interface Place {
  organizationId: string;
  /** Null for an organization without projects. */
  projectId: string | null;
  name: string;
  /** What a search looks at: both names. */
  label: string;
}

export interface OrganizationPlaces {
  /** The organization's id. */
  value: string;
  name: string;
  items: Place[];
}

export const samePlace = (
  one: Pick<Place, "organizationId" | "projectId">,
  other: Pick<Place, "organizationId" | "projectId">,
) => one.organizationId === other.organizationId && one.projectId === other.projectId;

/** All places of a person, by organization. */
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
