import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/projects";
import { listProjects } from "@/lib/services/projects/list";

export const GET = route(operations.listProjects, (actor) => listProjects(actor));
