"use client";

import { Breakable } from "@/components/ui/breakable";
import { Card, Facts } from "@/components/ui/card";
import { CopyLine } from "@/components/ui/copy-line";
import { formatTime } from "@/lib/client/format";
import type { Connection } from "@/lib/schemas/connection";
import { authWords } from "./address";
import { providerWords } from "./providers";

const mono = (text: string) => (
  <code key={text} className="font-mono text-[0.8125rem]">
    <Breakable text={text} />
  </code>
);

/** Where a connection leads, as whom it writes, and who made it. */
export function ConnectionSettings({ connection }: { connection: Connection }) {
  const { config } = connection;
  const identity: [string, ReturnType<typeof mono>][] = [];
  if (config.accessKeyId) identity.push(["Access key ID", mono(config.accessKeyId)]);
  if (config.roleArn) identity.push(["Role", mono(config.roleArn)]);
  return (
    <Card title="Settings">
      {/* What may be long has the whole width. */}
      <Facts
        className="sm:grid-cols-1"
        items={[
          ["Bucket", mono(config.bucket)],
          ["Folder", config.prefix ? mono(config.prefix) : "None"],
          ["Endpoint", config.endpoint ? mono(config.endpoint) : "Amazon’s own"],
          ...identity,
        ]}
      />
      <Facts
        className="mt-3 grid-cols-2"
        items={[
          ["Type", providerWords(config.endpoint)],
          ["Region", config.region],
          ["Signs in by", authWords[config.auth]],
          ["Made by", connection.createdBy ?? "The API, or somebody who has left"],
          ["Made", formatTime(connection.createdAt)],
        ]}
      />
      {config.auth === "role" && (
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
