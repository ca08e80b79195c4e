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
  summary: "The projects that you may see",
  answer: listOf(projectSchema),
});

export const listEventNames = operation({
  id: "listEventNames",
  permission: "view",
  tag: "Projects",
  summary: "The event names in the source, the most frequent first",
  params: byProject,
  answer: listOf(eventNameSchema),
  errors: [503],
});

export const createProject = operation({
  id: "createProject",
  permission: "projects.create",
  tag: "Projects",
  summary: "Make a project for one of the source’s",
  description: "409 with the code `source_project_taken` when a project for it exists already, here or elsewhere.",
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
  summary: "Set a new salt of hashed columns",
  description:
    "Only if the key that encrypted the old one is lost; otherwise 409 with the code `salt_readable`. Equal values then have other hashes than in earlier files.",
  params: byProject,
  answer: projectSchema,
  errors: [409],
});
