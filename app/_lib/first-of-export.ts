import { GET as getCatchUp } from "@/app/api/exports/[id]/catch-up/route";
import { GET as getChainHead } from "@/app/api/exports/[id]/chain/head/route";
import { GET as listChain } from "@/app/api/exports/[id]/chain/route";
import { GET as listChecks } from "@/app/api/exports/[id]/checks/route";
import { GET as getCoverage } from "@/app/api/exports/[id]/coverage/route";
import { GET as listHistoricExports } from "@/app/api/exports/[id]/historic-exports/route";
import { GET as getExport } from "@/app/api/exports/[id]/route";
import { GET as listRuns } from "@/app/api/exports/[id]/runs/route";
import { mayMissWindows } from "@/components/exports/may-miss-windows";
import { recentCoverageQuery } from "@/components/exports/recent-coverage";
import {
  catchUpQuery,
  chainHeadQuery,
  chainQuery,
  checksQuery,
  exportQuery,
  historicExportsQuery,
  historicPagesQuery,
  runsQuery,
} from "@/lib/client/queries";
import type { Export } from "@/lib/schemas/export";
import { type Asked, answersOf } from "./answered";
import type { KnownAnswer } from "./known";
import { requestTime } from "./request-time";
import type { Search } from "./search";

/** What a tab shows, without a filter. An unknown one shows the runs. */
function ofTab(tab: Search[string], id: string): Asked[] {
  switch (tab) {
    case "receipts":
      return [
        [chainHeadQuery(id), getChainHead, { code: "no_chain", answer: null }],
        [chainQuery(id), listChain],
      ];
    case "checks":
      return [[checksQuery(id, { kind: null, outcome: null }), listChecks]];
    case "historic":
      return [[historicPagesQuery(id), listHistoricExports]];
    // Charts are as wide as the browser, and snippets are for the tool that the browser remembers.
    case "charts":
    case "read":
    case "settings":
      return [];
    default:
      return [[runsQuery(id, null), listRuns]];
  }
}

/** The answers that an export's page would ask for first, with those of its open tab. */
export async function firstOfExport(organizationId: string, id: string, { tab }: Search): Promise<KnownAnswer[]> {
  const known = await answersOf(organizationId, [
    [exportQuery(id), getExport],
    [historicExportsQuery(id), listHistoricExports],
    ...ofTab(tab, id),
  ]);
  const value = known.find(([[name]]) => name === "getExport")?.[1] as Export | undefined;
  if (!value) return known;
  const coverage = recentCoverageQuery(value, new Date(requestTime()));
  const asks: Asked[] = coverage ? [[coverage, getCoverage]] : [];
  if (mayMissWindows(value)) asks.push([catchUpQuery(id), getCatchUp]);
  return [...known, ...(await answersOf(organizationId, asks))];
}
