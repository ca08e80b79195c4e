import { verifyResultSchema } from "@/lib/fields/verification";
import { patchSourceSchema, sourceSchema } from "@/lib/schemas/source";
import { operation } from "../operation";

const source = { tag: "Source", permission: "source.manage" } as const;

export const getSource = operation({
  ...source,
  id: "getSource",
  summary: "How the source is read, and what its last verification found",
  answer: sourceSchema,
});

export const patchSource = operation({
  ...source,
  id: "patchSource",
  summary: "Change how the source is read",
  description: "Runs that are already planned continue as planned.",
  body: patchSourceSchema,
  answer: sourceSchema,
});

export const verifySource = operation({
  ...source,
  id: "verifySource",
  summary: "Try everything that runs ask of the source",
  description: "Writes nothing to the source. Each step that fails says what to do, with the statement to run.",
  answer: verifyResultSchema,
});
