"use client";

import Link from "next/link";
import { Switch } from "@/components/ui/switch";
import { Td, Tr } from "@/components/ui/table";
import { RelativeTime } from "@/components/ui/time";
import { formatCount, plural } from "@/lib/client/format";
import { useMay } from "@/lib/client/use-may";
import { addressOf } from "@/lib/destinations/connection";
import type { Connection } from "@/lib/schemas/connection";
import { kindWords, signInWords } from "./address";
import { ConnectionBadge } from "./connection-badge";
import { useAutomatic } from "./use-automatic";

/** One connection in the list; a click anywhere on the row opens it. On a phone the first cell tells it all. */
export function ConnectionRow({ connection }: { connection: Connection }) {
  const mayManage = useMay("connections.manage");
  const automatic = useAutomatic(connection);
  const on = automatic.isPending ? automatic.variables : connection.automatic;
  return (
    <Tr className="relative transition-colors hover:bg-sunken/60">
      <Td className="max-w-0 py-3 max-lg:w-full lg:w-[38%]">
        <Link
          href={`/connections/${connection.id}`}
          className="block truncate rounded font-medium after:absolute after:inset-0 after:content-['']"
        >
          {connection.name}
        </Link>
        <p className="mt-0.5 truncate font-mono text-muted text-xs" title={addressOf(connection)}>
          {addressOf(connection)}
        </p>
        <div className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs lg:hidden">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1 sm:hidden">
            <ConnectionBadge connection={connection} />
            {connection.lastVerifiedAt && <RelativeTime value={connection.lastVerifiedAt} />}
          </span>
          {kindWords(connection)} · {plural(connection.usedByExports, "export")}
        </div>
      </Td>
      <Td className="hidden whitespace-nowrap lg:table-cell">
        {kindWords(connection)}
        <p className="text-muted text-xs">{signInWords(connection)}</p>
      </Td>
      <Td className="hidden whitespace-nowrap sm:table-cell">
        <ConnectionBadge connection={connection} />
        {connection.lastVerifiedAt && (
          <p className="mt-0.5 text-muted text-xs">
            <RelativeTime value={connection.lastVerifiedAt} />
          </p>
        )}
      </Td>
      <Td className="hidden text-right lg:table-cell">{formatCount(connection.usedByExports)}</Td>
      <Td className="w-0">
        <div className="relative z-10 flex flex-col items-end gap-1.5">
          <span className="text-muted text-xs sm:hidden" aria-hidden>
            Automatic
          </span>
          {mayManage ? (
            <Switch
              aria-label={`Automatic exports of ${connection.name}`}
              checked={on}
              disabled={automatic.isPending}
              onChange={(next) => automatic.mutate(next)}
            />
          ) : (
            <span className="text-muted">{on ? "On" : "Off"}</span>
          )}
        </div>
      </Td>
    </Tr>
  );
}
