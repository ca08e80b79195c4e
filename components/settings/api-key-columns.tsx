"use client";

import { Ban, CircleX, TimerOff } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { Column } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/time";
import { ROLE_WORDS } from "@/lib/client/role-words";
import type { ApiKey } from "@/lib/schemas/organization";

const accessWords = ({ scopes, role }: ApiKey) =>
  `${scopes.includes("write") ? (scopes.includes("read") ? "Read and write" : "Write only") : "Read only"}, as ${ROLE_WORDS[role].label.toLowerCase()}`;

export const isExpired = ({ expiresAt }: ApiKey, now: number) => expiresAt !== null && Date.parse(expiresAt) <= now;

const Used = ({ at }: { at: string | null }) => (at ? <RelativeTime value={at} /> : "Never");

/** Columns of the key table. Keys show only their first characters. Revoked and expired keys remain in the list. */
export const apiKeyColumns = (now: number, onRevoke: (key: ApiKey) => void): Column<ApiKey>[] => [
  {
    header: "Key",
    className: "w-full max-w-0 py-3",
    cell: (value) => <Name value={value} expired={isExpired(value, now)} />,
  },
  { header: "Access", from: "sm", className: "whitespace-nowrap", cell: accessWords },
  {
    header: "Created by",
    from: "lg",
    className: "max-w-48",
    cell: ({ createdBy, createdAt }) => (
      <>
        <p className="truncate" title={createdBy ?? undefined}>
          {createdBy ?? "Penstock"}
        </p>
        <p className="text-muted text-xs">
          <RelativeTime value={createdAt} />
        </p>
      </>
    ),
  },
  {
    header: "Expires",
    from: "sm",
    className: "whitespace-nowrap",
    cell: ({ expiresAt }) =>
      expiresAt ? <RelativeTime value={expiresAt} upcoming /> : <span className="text-muted">Never</span>,
  },
  {
    header: "Last used",
    from: "md",
    className: "whitespace-nowrap",
    cell: ({ lastUsedAt }) => <Used at={lastUsedAt} />,
  },
  {
    header: "Actions",
    headerClass: "sr-only",
    className: "pr-2",
    cell: (value) =>
      !value.revokedAt && (
        <Button size="sm" variant="ghost" aria-label={`Revoke ${value.name}`} onClick={() => onRevoke(value)}>
          <Ban aria-hidden /> <span className="max-sm:sr-only">Revoke</span>
        </Button>
      ),
  },
];

function Name({ value, expired }: { value: ApiKey; expired: boolean }) {
  const { name, prefix, lastUsedAt, revokedAt } = value;
  return (
    <>
      <div className="flex items-center gap-2">
        <span className="truncate font-medium" title={name}>
          {name}
        </span>
        {revokedAt ? <RevokedBadge /> : expired && <ExpiredBadge />}
      </div>
      <p className="truncate font-mono text-muted text-xs">{prefix}…</p>
      <p className="text-muted text-xs sm:hidden">{accessWords(value)}</p>
      <p className="text-muted text-xs md:hidden">
        {lastUsedAt ? "Used " : "Never used"}
        {lastUsedAt && <Used at={lastUsedAt} />}
      </p>
    </>
  );
}

const RevokedBadge = () => (
  <Badge tone="bad">
    <CircleX aria-hidden /> Revoked
  </Badge>
);

const ExpiredBadge = () => (
  <Badge tone="idle">
    <TimerOff aria-hidden /> Expired
  </Badge>
);
