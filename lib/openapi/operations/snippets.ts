import { snippetsSchema } from "@/lib/schemas/snippet";
import { operation } from "../operation";
import { byId } from "../params";

export const getExportSnippets = operation({
  id: "getExportSnippets",
  permission: "view",
  tag: "Exports",
  summary: "List snippets for reading what an export wrote",
  description:
    "Queries and programs by tool, with the export's real bucket, keys, columns, and settings. They don't contain credentials.",
  params: byId,
  answer: snippetsSchema,
});

export const getRunSnippets = operation({
  id: "getRunSnippets",
  permission: "view",
  tag: "Runs",
  summary: "List snippets for reading what a completed run wrote and checking its receipt",
  description: "Responds with 404 and 410 as the run's receipt does.",
  params: byId,
  answer: snippetsSchema,
});
