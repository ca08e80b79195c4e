import type { ReactNode } from "react";
import { Facts } from "@/components/ui/card";
import { formatTime } from "@/lib/client/format";
import { scheduleWords } from "@/lib/client/schedule-words";
import { models } from "@/lib/rows/tables/registry";
import type { CreateExport } from "@/lib/schemas/export";
import { checkFacts } from "../checks/checks-facts";
import { columnFacts, filterFacts, settingFacts } from "./summary-facts";

interface SummaryProps {
  value: CreateExport;
  destination: ReactNode;
  /** Additional facts about a saved export. */
  more?: readonly (readonly [string, ReactNode])[];
}

/** All settings of an export in words. */
export function ExportSummary({ value, destination, more = [] }: SummaryProps) {
  const once = value.schedule.every === "once";
  const failures: [string, string] = [
    "After failures in a row",
    value.pauseAfterFailures === 0 ? "Keeps trying" : `Pauses after ${value.pauseAfterFailures}`,
  ];
  return (
    <Facts
      items={[
        ["Data", models[value.model].label],
        ["Destination", destination],
        ...filterFacts(value),
        ...columnFacts(value),
        ...settingFacts(value),
        ["Schedule", scheduleWords(value.schedule)],
        [
          once ? "From" : "Start",
          value.startAt ? formatTime(value.startAt) : once ? "The first row that arrived" : "No start date",
        ],
        [once ? "To" : "End", value.endAt ? formatTime(value.endAt) : once ? "The minute it’s created" : "No end date"],
        ...(once ? [] : [failures]),
        ...settleFacts(value),
        ...checkFacts(value),
        ...more,
      ]}
    />
  );
}

const settleFacts = ({ settleSeconds }: CreateExport): [string, string][] =>
  settleSeconds === null ? [] : [["Settle time", `${settleSeconds} s`]];
