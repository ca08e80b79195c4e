/** The organization of a page and the project, if any, that its links lead to. */
export interface WorkspaceIds {
  organizationId: string;
  /** Null while the organization has no project. */
  projectId: string | null;
}

const OF_PROJECT = ["exports", "connections", "activity"];
const OF_ORGANIZATION = ["settings", "account"];

const firstSegment = (path: string): string => /^\/([^/?#]*)/.exec(path)?.[1] ?? "";

/** Whether a path is one of a project's or an organization's pages, without the workspace. */
export const needsWorkspace = (path: string): boolean =>
  [...OF_PROJECT, ...OF_ORGANIZATION].includes(firstSegment(path));

/**
 * The path of a page in a workspace: `/exports/1?run=2` becomes `/o/{organization}/p/{project}/exports/1?run=2`. Pages
 * of a project lead to the organization's start page while it has none. Other paths stay as they are.
 */
export function pathIn({ organizationId, projectId }: WorkspaceIds, path: string): string {
  const home = `/o/${organizationId}`;
  const first = firstSegment(path);
  if (OF_ORGANIZATION.includes(first)) return home + path;
  if (!OF_PROJECT.includes(first)) return path;
  return projectId === null ? home : `${home}/p/${projectId}${path}`;
}

/** A path without its workspace: the reverse of `pathIn`. */
export const pathBelowWorkspace = (path: string): string => path.replace(/^\/o\/[^/?#]+(\/p\/[^/?#]+)?/, "") || "/";
