import { snippetsSchema } from "@/lib/schemas/snippet";
import { operation } from "../operation";
import { byId } from "../params";

export const getExportSnippets = operation({
  id: "getExportSnippets",
  permission: "view",
  tag: "Exports",
  summary: "How tools read what an export wrote",
  description:
    "Queries and programs with the export's real bucket, keys, columns, and settings, by tool. They hold no credentials.",
  params: byId,
  answer: snippetsSchema,
});

export const getRunSnippets = operation({
  id: "getRunSnippets",
  permission: "view",
  tag: "Runs",
  summary: "How tools read what a completed run wrote, and check its receipt",
  description: "Answers 404 and 410 as the run's receipt does.",
  params: byId,
  answer: snippetsSchema,
});
