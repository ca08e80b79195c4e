import { queryOptions } from "@tanstack/react-query";
import type { VerifyResult } from "@/lib/fields/verification";
import type { PatchSource, Source } from "@/lib/schemas/source";
import { api } from "./api";

export const sourceQuery = () =>
  queryOptions({ queryKey: ["source"], queryFn: ({ signal }) => api<Source>("/source", { signal }) });

export const patchSource = (body: PatchSource) => api<Source>("/source", { method: "PATCH", body });

/** Tries everything that runs ask of the source, and keeps the result. */
export const verifySource = () => api<VerifyResult>("/source/verify", { method: "POST" });
