import type { VerifyResult } from "@/lib/fields/verification";
import type { Connection, CreateConnectionInput, PatchConnection } from "@/lib/schemas/connection";
import type { CaughtUp, CreateExport, Export, PatchExport } from "@/lib/schemas/export";
import type { CreateHistoricExport, HistoricExport } from "@/lib/schemas/historic-export";
import type { ReleasedKeys } from "@/lib/schemas/reserved-keys";
import type { Run } from "@/lib/schemas/run";
import { api } from "./api";

/** Everything that a person can do, each one call of the API. */

export const createExport = (projectId: string, body: CreateExport) =>
  api<Export>(`/projects/${projectId}/exports`, { method: "POST", body });

export const patchExport = (id: string, body: PatchExport) => api<Export>(`/exports/${id}`, { method: "PATCH", body });

export const setExportPaused = (id: string, paused: boolean) =>
  api<Export>(`/exports/${id}/${paused ? "pause" : "resume"}`, { method: "POST" });

/** Resumes an export and exports the windows that it missed. */
export const catchUp = (id: string) => api<CaughtUp>(`/exports/${id}/catch-up`, { method: "POST" });

export const deleteExport = (id: string) => api<void>(`/exports/${id}`, { method: "DELETE" });

export const createHistoricExport = (exportId: string, body: CreateHistoricExport) =>
  api<HistoricExport>(`/exports/${exportId}/historic-exports`, { method: "POST", body });

export const cancelHistoricExport = (id: string) =>
  api<HistoricExport>(`/historic-exports/${id}/cancel`, { method: "POST" });

export const runExport = (id: string) => api<Run>(`/exports/${id}/run`, { method: "POST" });
export const retryRun = (id: string) => api<Run>(`/runs/${id}/retry`, { method: "POST" });

export const cancelRun = (id: string) => api<Run>(`/runs/${id}/cancel`, { method: "POST" });

export const createConnection = (projectId: string, body: CreateConnectionInput) =>
  api<Connection>(`/projects/${projectId}/connections`, { method: "POST", body });

export const patchConnection = (id: string, body: PatchConnection) =>
  api<Connection>(`/connections/${id}`, { method: "PATCH", body });

export const deleteConnection = (id: string) => api<void>(`/connections/${id}`, { method: "DELETE" });

/** Tests a connection that isn't saved yet. */
export const testConnection = (projectId: string, { type, config }: Pick<CreateConnectionInput, "type" | "config">) =>
  api<VerifyResult>("/connections/test", { method: "POST", body: { type, config, projectId } });

/** Tests a saved connection and keeps the result with it. */
export const verifyConnection = (id: string) => api<VerifyResult>(`/connections/${id}/verify`, { method: "POST" });

/** Lets other exports have the keys that an export has left behind. */
export const releaseKeys = (exportId: string) =>
  api<ReleasedKeys>(`/exports/${exportId}/release-keys`, { method: "POST" });

/** Lets another organization have a bucket. */
export const releaseBucket = (id: string) => api<void>(`/buckets/${id}`, { method: "DELETE" });
