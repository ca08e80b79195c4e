"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { createParser, parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { PageSkeleton } from "@/components/app/project-context";
import { BackfillBanner } from "@/components/historic/backfill-banner";
import { RunDrawer } from "@/components/runs/run-drawer";
import { RunsTab } from "@/components/runs/runs-tab";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { Tabs } from "@/components/ui/tabs";
import { WindowDrawer } from "@/components/windows/window-drawer";
import { exportQuery } from "@/lib/client/queries";
import { usePageTitle } from "@/lib/client/use-page-title";
import type { Export } from "@/lib/schemas/export";
import { ExportHeader } from "./export-header";
import { useLive } from "./use-live";

const SettingsTab = dynamic(() => import("./settings-tab").then((it) => it.SettingsTab));
const ChecksTab = dynamic(() => import("@/components/checks/checks-tab").then((it) => it.ChecksTab));
const ReadExport = dynamic(() => import("@/components/reading/read-it").then((it) => it.ReadExport));
const ReceiptsTab = dynamic(() => import("@/components/receipts/receipts-tab").then((it) => it.ReceiptsTab));
const HistoricTab = dynamic(() => import("@/components/historic/historic-tab").then((it) => it.HistoricTab));
const CreateHistoricDialog = dynamic(
  () => import("@/components/historic/create-historic-dialog").then((it) => it.CreateHistoricDialog),
  { loading: () => null },
);

/** Few look at charts, and what draws them is large. */
const TrendsTab = dynamic(() => import("@/components/charts/trends-tab"), {
  loading: () => <Skeleton label="Loading charts" className="h-[22rem] w-full" />,
});

const TABS = ["runs", "charts", "historic", "receipts", "checks", "read", "settings"] as const;

/** Mails link to `?run=<id>&retry=1`. */
const RETRY = createParser({ parse: (text) => text === "1", serialize: () => "1" }).withDefault(false);

export function ExportPage({ id }: { id: string }) {
  const stored = useQuery(exportQuery(id));
  usePageTitle(stored.data?.name);
  if (stored.isPending) return <PageSkeleton />;
  if (stored.isError)
    return <ErrorState page title="Couldn’t load this export" error={stored.error} onRetry={stored.refetch} />;
  return <Loaded value={stored.data} />;
}

/** The URL holds the open tab and run, so that users can share both. */
function Loaded({ value }: { value: Export }) {
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(TABS).withDefault("runs"));
  const [runId, setRunId] = useQueryState("run", parseAsString.withOptions({ history: "push" }));
  const [askRetry, setAskRetry] = useQueryState("retry", RETRY);
  const live = useLive(value);
  const [creating, setCreating] = useState(false);
  const openCreate = () => setCreating(true);
  const tabs = [
    { value: "runs", label: "Runs", content: <RunsTab value={value} onOpen={setRunId} /> },
    { value: "charts", label: "Charts", content: <TrendsTab value={value} onOpenRun={setRunId} /> },
    {
      value: "historic",
      label: "Historic exports",
      content: <HistoricTab exportId={value.id} onCreate={openCreate} />,
    },
    { value: "receipts", label: "Receipts", content: <ReceiptsTab exportId={value.id} onOpenRun={setRunId} /> },
    { value: "checks", label: "Checks", content: <ChecksTab value={value} onOpenRun={setRunId} /> },
    { value: "read", label: "Read it", content: <ReadExport exportId={value.id} /> },
    { value: "settings", label: "Settings", content: <SettingsTab value={value} /> },
  ] as const;
  return (
    <>
      <ExportHeader value={value} live={live} onCreateHistoric={openCreate} />
      <BackfillBanner value={value} onChooseRange={openCreate} onStarted={() => setTab("historic")} />
      <Tabs label="About this export" tabs={tabs} value={tab} onChange={setTab} />
      <RunDrawer
        runId={runId}
        onClose={() => setRunId(null)}
        onOpenRun={setRunId}
        askRetry={askRetry}
        onAsked={() => setAskRetry(null)}
      />
      <WindowDrawer exported={value} onOpenRun={setRunId} />
      {creating && (
        <CreateHistoricDialog value={value} onClose={() => setCreating(false)} onCreated={() => setTab("historic")} />
      )}
    </>
  );
}
