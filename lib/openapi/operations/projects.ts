import { listOf } from "@/lib/schemas/common";
import { eventNameSchema } from "@/lib/schemas/event-name";
import { projectSchema } from "@/lib/schemas/project";
import { operation } from "../operation";
import { byProject } from "../params";

export const listProjects = operation({
  id: "listProjects",
  method: "GET",
  path: "/api/projects",
  tag: "Projects",
  summary: "The projects that you may see",
  answer: listOf(projectSchema),
});

export const listEventNames = operation({
  id: "listEventNames",
  method: "GET",
  path: "/api/projects/{projectId}/event-names",
  tag: "Projects",
  summary: "The event names in the source, the most frequent first",
  params: byProject,
  answer: listOf(eventNameSchema),
  errors: [503],
});
