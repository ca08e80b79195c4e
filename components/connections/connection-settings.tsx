"use client";

import type { ReactNode } from "react";
import { isVisible, valueWords } from "@/components/spec-fields/visible";
import { Breakable } from "@/components/ui/breakable";
import { Card, Facts } from "@/components/ui/card";
import { CopyLine } from "@/components/ui/copy-line";
import { formatTime } from "@/lib/client/format";
import { destinations, isWarehouse } from "@/lib/destinations/catalog";
import type { S3Config } from "@/lib/destinations/s3/schema";
import type { Connection } from "@/lib/schemas/connection";
import { kindWords, signInWords } from "./address";
import { isSecret } from "./warehouse-form";

type Fact = readonly [string, ReactNode];

const mono = (text: string) => (
  <code key={text} className="font-mono text-[0.8125rem]">
    <Breakable text={text} />
  </code>
);

/** Where a connection leads, as whom it writes, and who made it. */
export function ConnectionSettings({ connection }: { connection: Connection }) {
  const { type, config } = connection;
  const bucket = type === "s3" ? config : null;
  return (
    <Card title="Settings">
      {/* What may be long has the whole width. */}
      <Facts
        className={bucket ? "sm:grid-cols-1" : "grid-cols-2"}
        items={bucket ? bucketFacts(bucket) : warehouseFacts(connection)}
      />
      <Facts
        className="mt-3 grid-cols-2"
        items={[
          ["Type", kindWords(connection)],
          ...(bucket ? [["Region", bucket.region] as const] : []),
          ["Signs in by", signInWords(connection)],
          ["Made by", connection.createdBy ?? "The API, or somebody who has left"],
          ["Made", formatTime(connection.createdAt)],
        ]}
      />
      {bucket?.auth === "role" && (
        <div className="mt-4 border-border border-t pt-3">
          <CopyLine
            label="External ID that the role’s trust policy asks for"
            value={connection.externalId}
            copyLabel="Copy the external ID"
          />
        </div>
      )}
    </Card>
  );
}

function bucketFacts({ bucket, prefix, endpoint, accessKeyId, roleArn }: S3Config): Fact[] {
  return [
    ["Bucket", mono(bucket)],
    ["Folder", prefix ? mono(prefix) : "None"],
    ["Endpoint", endpoint ? mono(endpoint) : "Amazon’s own"],
    ...(accessKeyId ? [["Access key ID", mono(accessKeyId)] as const] : []),
    ...(roleArn ? [["Role", mono(roleArn)] as const] : []),
  ];
}

/** What may be read back, by the labels of the form; how it signs in is told with the rest. */
function warehouseFacts({ type, config }: Connection): Fact[] {
  if (!isWarehouse(type)) return [];
  const stored: Record<string, unknown> = { ...config };
  return destinations[type].form.connection
    .filter((spec) => !isSecret(type, spec) && spec.name !== "auth" && isVisible(spec, stored))
    .filter((spec) => !spec.optional || stored[spec.name] !== null)
    .map((spec) => {
      const words = valueWords(spec, stored[spec.name]);
      return [spec.label, spec.options ? words : mono(words)];
    });
}
