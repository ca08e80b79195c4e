"use client";

import { Switch } from "@/components/ui/switch";
import { useMay } from "@/lib/client/use-may";
import type { Connection } from "@/lib/schemas/connection";
import { useAutomatic } from "./use-automatic";

const verifiedNotes = {
  on: "Exports that use this connection run on their schedules.",
  off: "Schedules that use this connection don’t run. Historic exports and retries can still run.",
};

/** Until a connection is verified, nothing runs through it, regardless of the switch. */
const unverifiedNotes = {
  on: "Nothing runs through this connection until it’s verified. After that, its exports run on their schedules.",
  off: "Nothing runs through this connection until it’s verified. Its schedules stay off after that too.",
};

/** Turns the schedules of all exports of a connection on or off. */
export function AutomaticCard({ connection }: { connection: Connection }) {
  const mayManage = useMay("connections.manage");
  const automatic = useAutomatic(connection);
  const on = automatic.isPending ? automatic.variables : connection.automatic;
  return (
    <section className="rounded-xl border border-border bg-surface p-4 shadow-raised sm:p-5">
      <div className="flex items-center justify-between gap-4">
        <h2 id="automatic" className="font-semibold text-[0.9375rem]">
          Automatic exports
        </h2>
        <span className="flex items-center gap-2.5">
          <span className={on && connection.verifiedAt ? "text-ok" : "text-muted"}>{on ? "On" : "Off"}</span>
          {mayManage && (
            <Switch
              aria-label="Automatic exports"
              aria-describedby="automatic-note"
              checked={on}
              disabled={automatic.isPending}
              onChange={(next) => automatic.mutate(next)}
            />
          )}
        </span>
      </div>
      <p id="automatic-note" className="mt-1.5 text-muted">
        {(connection.verifiedAt ? verifiedNotes : unverifiedNotes)[on ? "on" : "off"]}
      </p>
    </section>
  );
}
