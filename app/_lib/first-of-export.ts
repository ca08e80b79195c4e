import { GET as getCatchUp } from "@/app/api/exports/[id]/catch-up/route";
import { GET as getChainHead } from "@/app/api/exports/[id]/chain/head/route";
import { GET as listChain } from "@/app/api/exports/[id]/chain/route";
import { GET as listChecks } from "@/app/api/exports/[id]/checks/route";
import { GET as getCoverage } from "@/app/api/exports/[id]/coverage/route";
import { GET as listHistoricExports } from "@/app/api/exports/[id]/historic-exports/route";
import { GET as getExport } from "@/app/api/exports/[id]/route";
import { GET as listRuns } from "@/app/api/exports/[id]/runs/route";
import { recentCoverageQuery } from "@/components/exports/recent-coverage";
import {
  catchUpQuery,
  chainHeadQuery,
  chainQuery,
  checksQuery,
  exportQuery,
  historicExportsQuery,
  runsQuery,
} from "@/lib/client/queries";
import type { Export } from "@/lib/schemas/export";
import { type Asked, answersOf } from "./answered";
import type { KnownAnswer } from "./known";
import type { Search } from "./search";

/** What each tab shows, without a filter. */
const TABS: Partial<Record<string, (id: string) => readonly Asked[]>> = {
  receipts: (id) => [
    [chainHeadQuery(id), getChainHead],
    [chainQuery(id), listChain],
  ],
  checks: (id) => [[checksQuery(id, { kind: null, outcome: null }), listChecks]],
  // The browser knows which tool to show.
  read: () => [],
};

/** The answers that an export's page would ask for first, with those of its open tab. */
export async function firstOfExport(organizationId: string, id: string, { tab }: Search): Promise<KnownAnswer[]> {
  const ofTab = TABS[String(tab)]?.(id) ?? [[runsQuery(id, null), listRuns] as const];
  const known = await answersOf(organizationId, [
    [exportQuery(id), getExport],
    [historicExportsQuery(id), listHistoricExports],
    [catchUpQuery(id), getCatchUp],
    ...ofTab,
  ]);
  const value = known.find(([[name]]) => name === "getExport")?.[1] as Export | undefined;
  const coverage = value && recentCoverageQuery(value, new Date());
  return coverage ? [...known, ...(await answersOf(organizationId, [[coverage, getCoverage]]))] : known;
}
