"use client";

import { type Column, opensRow } from "@/components/ui/data-table";
import { Link } from "@/components/ui/link";
import { Switch } from "@/components/ui/switch";
import { RelativeTime } from "@/components/ui/time";
import { cn } from "@/lib/client/cn";
import { formatCount, plural } from "@/lib/client/format";
import { useMay } from "@/lib/client/use-may";
import { uriOf } from "@/lib/destinations/connection";
import type { Connection } from "@/lib/schemas/connection";
import { kindWords, signInWords } from "./address";
import { ConnectionBadge } from "./connection-badge";
import { useAutomatic } from "./use-automatic";

/** Columns of the connection list. A click anywhere on a row opens it. On a phone the first cell shows everything. */
export const connectionColumns: Column<Connection>[] = [
  {
    header: "Connection",
    className: "max-w-0 py-3 max-lg:w-full lg:w-[38%]",
    cell: (connection) => <Name connection={connection} />,
  },
  {
    header: "Type",
    from: "lg",
    className: "whitespace-nowrap",
    cell: (connection) => (
      <>
        {kindWords(connection)}
        <p className="text-muted text-xs">{signInWords(connection)}</p>
      </>
    ),
  },
  {
    header: "State",
    from: "sm",
    className: "whitespace-nowrap",
    cell: (connection) => (
      <>
        <ConnectionBadge connection={connection} />
        {connection.lastVerifiedAt && (
          <p className="mt-0.5 text-muted text-xs">
            <RelativeTime value={connection.lastVerifiedAt} />
          </p>
        )}
      </>
    ),
  },
  {
    header: "Used by exports",
    from: "lg",
    align: "right",
    cell: ({ usedByExports }) => formatCount(usedByExports),
  },
  {
    header: "Automatic",
    align: "right",
    className: "w-0",
    cell: (connection) => <Automatic connection={connection} />,
  },
];

function Name({ connection }: { connection: Connection }) {
  return (
    <>
      <Link href={`/connections/${connection.id}`} className={cn("block truncate rounded font-medium", opensRow)}>
        {connection.name}
      </Link>
      <p className="mt-0.5 truncate font-mono text-muted text-xs" title={uriOf(connection)}>
        {uriOf(connection)}
      </p>
      <div className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs lg:hidden">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 sm:hidden">
          <ConnectionBadge connection={connection} />
          {connection.lastVerifiedAt && <RelativeTime value={connection.lastVerifiedAt} />}
        </span>
        {kindWords(connection)} · {plural(connection.usedByExports, "export")}
      </div>
    </>
  );
}

function Automatic({ connection }: { connection: Connection }) {
  const mayManage = useMay("connections.manage");
  const automatic = useAutomatic(connection);
  const on = automatic.isPending ? automatic.variables : connection.automatic;
  return (
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
  );
}
