import { verifyResultSchema } from "@/lib/fields/verification";
import { patchSourceSchema, sourceSchema } from "@/lib/schemas/source";
import { operation } from "../operation";

const source = { tag: "Source", permission: "source.manage" } as const;

export const getSource = operation({
  ...source,
  id: "getSource",
  summary: "Get the source's settings and its last verification",
  answer: sourceSchema,
});

export const patchSource = operation({
  ...source,
  id: "patchSource",
  summary: "Update the source's settings",
  description: "Runs that are already planned don't change.",
  body: patchSourceSchema,
  answer: sourceSchema,
});

export const verifySource = operation({
  ...source,
  id: "verifySource",
  summary: "Verify the source",
  description: "Writes nothing to the source. Each failed step includes its fix and the statement to run.",
  answer: verifyResultSchema,
});
