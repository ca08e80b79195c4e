"use client";

import { useState } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { Tabs } from "@/components/ui/tabs";
import type { Policy } from "@/lib/destinations/s3/policy-schema";
import type { S3Config } from "@/lib/destinations/s3/schema";

type Part = "iamPolicy" | "bucketPolicy" | "trustPolicy" | "kmsStatement";

const PARTS: Record<Part, { label: string; where: string }> = {
  iamPolicy: { label: "IAM policy", where: "Attach it to the user or role that writes" },
  bucketPolicy: { label: "Bucket policy", where: "Bucket → Permissions → Bucket policy" },
  trustPolicy: { label: "Trust policy", where: "Role → Trust relationships" },
  kmsStatement: { label: "KMS statement", where: "Add it to the statements of the key’s own policy" },
};

/** The documents of each authentication method, in pasting order. */
const ORDER: Record<S3Config["auth"], readonly Part[]> = {
  keys: ["iamPolicy", "kmsStatement"],
  role: ["trustPolicy", "iamPolicy", "kmsStatement"],
  policy: ["bucketPolicy", "iamPolicy", "kmsStatement"],
};

/** The documents to paste, one per tab. */
export function PolicyDocuments({ policy, auth }: { policy: Policy; auth: S3Config["auth"] }) {
  const parts = ORDER[auth].filter((part) => policy[part] !== null);
  const [chosen, setChosen] = useState<Part | null>(null);
  const shown = chosen !== null && parts.includes(chosen) ? chosen : parts[0];
  const tabs = parts.map((part) => ({
    value: part,
    label: PARTS[part].label,
    content: (
      <CodeBlock
        title={PARTS[part].where}
        text={JSON.stringify(policy[part], null, 2)}
        copyLabel={`Copy the ${PARTS[part].label}`}
      />
    ),
  }));
  return shown && <Tabs label="Policies" tabs={tabs} value={shown} onChange={setChosen} />;
}
