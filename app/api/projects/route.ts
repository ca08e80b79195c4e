import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/projects";
import { createProject } from "@/lib/services/projects/create";
import { listProjects } from "@/lib/services/projects/list";

export const GET = route(operations.listProjects, (actor) => listProjects(actor));

export const POST = route(operations.createProject, (actor, { body }) => createProject(actor, body));
