"use client";

import { Ban, CircleX, TimerOff } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Td, Tr } from "@/components/ui/table";
import { RelativeTime, useNow } from "@/components/ui/time";
import { ROLE_WORDS } from "@/lib/client/role-words";
import type { ApiKey } from "@/lib/schemas/organization";

const mayWords = ({ scopes, role }: ApiKey) =>
  `${scopes.includes("write") ? (scopes.includes("read") ? "Read and write" : "Write only") : "Read only"}, as ${ROLE_WORDS[role].label.toLowerCase()}`;

/** One key, known by its first characters; a revoked or expired one says so and stays in the list. */
export function ApiKeyRow({ value, onRevoke }: { value: ApiKey; onRevoke: () => void }) {
  const { name, prefix, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt } = value;
  const now = useNow(30_000);
  const expired = expiresAt !== null && Date.parse(expiresAt) <= now;
  const used = lastUsedAt ? <RelativeTime value={lastUsedAt} /> : "Never";
  return (
    <Tr className={revokedAt || expired ? "text-muted" : undefined}>
      <Td className="w-full max-w-0 py-3">
        <div className="flex items-center gap-2">
          <span className="truncate font-medium" title={name}>
            {name}
          </span>
          {revokedAt ? <RevokedBadge /> : expired && <ExpiredBadge />}
        </div>
        <p className="truncate font-mono text-muted text-xs">{prefix}…</p>
        <p className="text-muted text-xs sm:hidden">{mayWords(value)}</p>
        <p className="text-muted text-xs md:hidden">
          {lastUsedAt ? "Used " : "Never used"}
          {lastUsedAt && used}
        </p>
      </Td>
      <Td className="hidden whitespace-nowrap sm:table-cell">{mayWords(value)}</Td>
      <Td className="hidden max-w-48 lg:table-cell">
        <p className="truncate" title={createdBy ?? undefined}>
          {createdBy ?? "The installation"}
        </p>
        <p className="text-muted text-xs">
          <RelativeTime value={createdAt} />
        </p>
      </Td>
      <Td className="hidden whitespace-nowrap sm:table-cell">
        {expiresAt ? <RelativeTime value={expiresAt} /> : <span className="text-muted">Never</span>}
      </Td>
      <Td className="hidden whitespace-nowrap md:table-cell">{used}</Td>
      <Td className="pr-2">
        {!revokedAt && (
          <Button size="sm" variant="ghost" aria-label={`Revoke ${name}`} onClick={onRevoke}>
            <Ban aria-hidden /> <span className="max-sm:sr-only">Revoke</span>
          </Button>
        )}
      </Td>
    </Tr>
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
