import { listOf } from "@/lib/fields/common";
import { eventNameSchema } from "@/lib/fields/event-name";
import { createProjectSchema, organizationNameSchema } from "@/lib/schemas/organization";
import { projectSchema } from "@/lib/schemas/project";
import { operation } from "../operation";
import { byProject } from "../params";

export const listProjects = operation({
  id: "listProjects",
  permission: "view",
  tag: "Projects",
  summary: "List your projects",
  answer: listOf(projectSchema),
});

export const listEventNames = operation({
  id: "listEventNames",
  permission: "view",
  tag: "Projects",
  summary: "List the event names in the source, the most frequent first",
  params: byProject,
  answer: listOf(eventNameSchema),
  errors: [503],
});

export const createProject = operation({
  id: "createProject",
  permission: "projects.create",
  tag: "Projects",
  summary: "Create a project for a project of the source",
  description:
    "Responds with 409 and the code `source_project_taken` if any organization already has a project for it.",
  body: createProjectSchema,
  answer: projectSchema,
  status: 201,
  errors: [409],
});

export const patchProject = operation({
  id: "patchProject",
  permission: "projects.manage",
  tag: "Projects",
  summary: "Rename a project",
  params: byProject,
  body: organizationNameSchema,
  answer: projectSchema,
});

export const replaceSalt = operation({
  id: "replaceSalt",
  permission: "salts.replace",
  tag: "Projects",
  summary: "Set a new salt for hashed columns",
  description:
    "Only if the key that encrypted the old one is lost; otherwise responds with 409 and the code `salt_readable`. Hashes then differ from those in earlier files.",
  params: byProject,
  answer: projectSchema,
  errors: [409],
});
