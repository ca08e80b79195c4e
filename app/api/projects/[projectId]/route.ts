import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/projects";
import { patchProject } from "@/lib/services/projects";

export const PATCH = route(operations.patchProject, (actor, { params, body }) =>
  patchProject(actor, { ...body, ...params }),
);
