import type { ReactNode } from "react";
import { Facts } from "@/components/ui/card";
import { formatTime } from "@/lib/client/format";
import { scheduleWords } from "@/lib/client/schedule-words";
import type { CreateExport } from "@/lib/schemas/export";

const encryptionWords = { none: "The bucket’s default", AES256: "SSE-S3 (AES256)", "aws:kms": "SSE-KMS" };

interface SummaryProps {
  value: CreateExport;
  destination: ReactNode;
  /** What is known of an export that is saved already. */
  more?: readonly (readonly [string, ReactNode])[];
}

/** Everything that an export is set to, in words. */
export function ExportSummary({ value, destination, more = [] }: SummaryProps) {
  const { filters, destination: files } = value;
  return (
    <Facts
      items={[
        ["Data", "Events"],
        ["Destination", destination],
        ["Only these events", filters.includeEvents.length > 0 ? filters.includeEvents.join(", ") : "All"],
        ["Without these events", filters.excludeEvents.length > 0 ? filters.excludeEvents.join(", ") : "None"],
        [
          "Key prefix",
          <code key="prefix" className="break-all font-mono text-[0.8125rem]">
            {files.prefix || "None"}
          </code>,
        ],
        ["Largest file", `${files.maxFileSizeMb} MB`],
        ["Format", "JSON lines"],
        ["Compression", files.compression === "none" ? "None" : files.compression],
        ["Encryption at rest", [encryptionWords[files.encryption], files.kmsKeyId].filter(Boolean).join(", ")],
        ["Schedule", scheduleWords(value.schedule)],
        ["Start", value.startAt ? formatTime(value.startAt) : "Open"],
        ["End", value.endAt ? formatTime(value.endAt) : "Open"],
        [
          "After failures in a row",
          value.pauseAfterFailures === 0 ? "It goes on trying" : `It pauses itself after ${value.pauseAfterFailures}`,
        ],
        ...more,
      ]}
    />
  );
}
