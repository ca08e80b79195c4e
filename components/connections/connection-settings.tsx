"use client";

import { wordsOf } from "@/components/destinations/words-by-type";
import { Card, Facts } from "@/components/ui/card";
import { CopyLine } from "@/components/ui/copy-line";
import { formatTime } from "@/lib/client/format";
import type { Connection } from "@/lib/schemas/connection";
import { kindWords, signInWords } from "./address";

/** A connection's target, credentials, and creator. */
export function ConnectionSettings({ connection }: { connection: Connection }) {
  const { leads, isWide, more, asksExternalId } = wordsOf(connection.type).look(connection);
  return (
    <Card title="Settings">
      <Facts className={isWide ? "sm:grid-cols-1" : "grid-cols-2"} items={leads} />
      <Facts
        className="mt-3 grid-cols-2"
        items={[
          ["Type", kindWords(connection)],
          ...more,
          ["Authentication", signInWords(connection)],
          ["Created by", connection.createdBy ?? "The API or a former member"],
          ["Created", formatTime(connection.createdAt)],
        ]}
      />
      {asksExternalId && (
        <div className="mt-4 border-border border-t pt-3">
          <CopyLine
            label="External ID for the role’s trust policy"
            value={connection.externalId}
            copyLabel="Copy the external ID"
          />
        </div>
      )}
    </Card>
  );
}
