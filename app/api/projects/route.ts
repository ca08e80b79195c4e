import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/projects";
import { createProject, listProjects } from "@/lib/services/projects";

export const GET = route(operations.listProjects, (actor) => listProjects(actor));

export const POST = route(operations.createProject, (actor, { body }) => createProject(actor, body));
