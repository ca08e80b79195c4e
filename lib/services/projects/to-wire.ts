import type { projects } from "@/lib/db/schema";
import type { Project } from "@/lib/schemas/project";

/** A project as the API answers it. */
export const toProject = ({ id, name, sourceProjectId }: typeof projects.$inferSelect): Project => ({
  id,
  name,
  sourceProjectId,
});
