"use client";

import { useWatch } from "react-hook-form";
import { fileKeys, manifestKey } from "@/lib/layouts/keys";
import { prefixProblem } from "@/lib/layouts/prefix";
import type { CreateExport } from "@/lib/schemas/export";
import { clip, currentWindow } from "@/lib/windows";

/** The keys that the current period's files would get, from the same functions that the worker names them by. */
export function KeyExample() {
  const [model, destination, schedule, startAt, endAt] = useWatch<
    CreateExport,
    ["model", "destination", "schedule", "startAt", "endAt"]
  >({ name: ["model", "destination", "schedule", "startAt", "endAt"] });
  if (prefixProblem(destination.prefix)) return null;
  const bounds = { startAt: startAt ? new Date(startAt) : null, endAt: endAt ? new Date(endAt) : null };
  const whole = currentWindow(schedule, new Date());
  const window = clip(whole, bounds) ?? whole;
  const one = fileKeys(model, destination, window, 1);
  const several = fileKeys(model, destination, window, 2);
  return (
    <section aria-label="Example keys" className="rounded-xl bg-sunken p-3">
      <h3 className="text-muted text-xs">The current period’s files would be</h3>
      <KeyList keys={one} />
      <h3 className="mt-3 text-muted text-xs">or, when they outgrow the file size,</h3>
      <KeyList keys={several} more />
      <h3 className="mt-3 text-muted text-xs">and last, once all of them lie there, the manifest</h3>
      <KeyList keys={[manifestKey(model, destination, window)]} />
    </section>
  );
}

function KeyList({ keys, more }: { keys: readonly string[]; more?: boolean }) {
  return (
    <ul className="mt-1 font-mono text-xs">
      {keys.map((key) => (
        <li key={key} className="break-all leading-5">
          {key}
        </li>
      ))}
      {more && <li aria-hidden>…</li>}
    </ul>
  );
}
