import { and, eq } from "drizzle-orm";
import { atBase } from "@/lib/base-path";
import { getDb } from "@/lib/db/client";
import { monthOf } from "@/lib/db/month";
import { runDocuments, runs } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import { notFound } from "@/lib/errors";
import type { Snippets } from "@/lib/schemas/snippet";
import { type Actor, loadProject } from "@/lib/services/access";
import { getReceipt } from "@/lib/services/runs";
import { checkSnippets } from "@/lib/snippets";
import { toolsFor } from "./tools-for";

/**
 * How tools read what a completed run wrote, at the place and with the settings that the run had, and how to check its
 * receipt. Throws as `getReceipt` does.
 */
export async function getRunSnippets(actor: Actor, input: { id: string }): Promise<Snippets> {
  const receipt = await getReceipt(actor, input);
  const { spec, pinned, projectId, exportId, intervalStart, intervalEnd } = await loadPinned(input.id);
  const { sourceProjectId } = await loadProject(actor, projectId);
  const check = {
    ...{ tool: "check", label: "Check this receipt", note: null },
    snippets: checkSnippets({ receipt, keysAddress: keysAddress() }),
  };
  if (!spec || !pinned?.config) return { tools: [check] };
  const run = { id: input.id, window: { start: intervalStart, end: intervalEnd }, receipt };
  const tools = toolsFor({ spec, config: pinned.config, sourceProjectId, exportId, since: intervalStart, run });
  return { tools: [...tools, check] };
}

async function loadPinned(id: string) {
  const { projectId, exportId, pinned, intervalStart, intervalEnd, createdAt } = runs;
  const [run] = await getDb()
    .select({ projectId, exportId, pinned, intervalStart, intervalEnd, createdAt })
    .from(runs)
    .where(eq(runs.id, id));
  if (!run) throw notFound("run");
  const isOfRun = and(eq(runDocuments.runId, id), eq(runDocuments.month, monthOf(run)));
  const [documents] = await getDb().select({ spec: runDocuments.spec }).from(runDocuments).where(isOfRun);
  return { ...run, spec: documents?.spec ?? null };
}

const keysAddress = () => new URL(atBase("/.well-known/penstock-keys.json"), getEnv().APP_URL).href;
