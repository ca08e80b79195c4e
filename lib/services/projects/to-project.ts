import type { ProjectRow } from "@/lib/db/rows";
import type { Project } from "@/lib/schemas/project";

export const toProject = ({ id, name, sourceProjectId }: ProjectRow): Project => ({
  id,
  name,
  sourceProjectId,
});
