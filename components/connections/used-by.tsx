import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import type { Connection } from "@/lib/schemas/connection";

/** The exports that write through a connection. */
export function UsedBy({ connection: { exports, verifiedAt } }: { connection: Connection }) {
  return (
    <Card title="Used by">
      {exports.length === 0 ? (
        <p className="text-muted">No exports yet.</p>
      ) : (
        <ul aria-label="Exports that use it" className="-my-1 divide-y divide-border">
          {exports.map(({ id, name, paused }) => (
            <li key={id} className="flex min-h-11 items-center justify-between gap-3 py-1 sm:min-h-9">
              <Link
                href={`/exports/${id}`}
                className="min-w-0 break-words rounded font-medium text-primary hover:underline"
              >
                {name}
              </Link>
              {(paused || verifiedAt === null) && (
                <span className="text-right text-muted text-xs">{paused ? "Paused" : "Waiting for verification"}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
