"use client";

import { useFormContext } from "react-hook-form";
import { useProject } from "@/components/app/project-context";
import { prefixProblem } from "@/lib/rows/layouts/prefix";
import { layoutOf } from "@/lib/rows/layouts/registry";
import { tablesOfModel } from "@/lib/rows/tables/registry";
import { formTimeline, type Scheduled } from "../schedule/form-timeline";
import { exampleKeys } from "./example-keys";
import type { FilesExport } from "./files-export";
import { KeyList } from "./key-list";

/** The keys that the current window's files would get with the form's values. */
export function KeyExample({ stored }: { stored: Scheduled | undefined }) {
  const { watch } = useFormContext<FilesExport>();
  const { sourceProjectId } = useProject();
  const value = watch();
  if (prefixProblem(value.destination.prefix)) return null;
  const now = new Date();
  const timeline = formTimeline(stored, value.schedule, now);
  const { files, more, manifest, markers } = exampleKeys(value, timeline, sourceProjectId, now);
  return (
    <section aria-label="Example keys" className="rounded-xl bg-sunken p-3">
      <h3 className="text-muted text-xs">The current window’s files would be{splitWords(value)}</h3>
      <KeyList keys={files} />
      {more.length > 0 && (
        <>
          <h3 className="mt-3 text-muted text-xs">or, if they exceed the file size,</h3>
          <KeyList keys={more} more />
        </>
      )}
      {manifest !== null && (
        <>
          <h3 className="mt-3 text-muted text-xs">then the manifest, after all files</h3>
          <KeyList keys={[manifest]} />
        </>
      )}
      {markers.length > 0 && (
        <>
          <h3 className="mt-3 text-muted text-xs">
            with an empty object in every folder whose hour is complete, as a sign to readers
          </h3>
          <KeyList keys={markers} more />
        </>
      )}
    </section>
  );
}

/** How files are split other than by size, as the end of a sentence. */
function splitWords({ model, destination }: FilesExport): string {
  const splits = tablesOfModel(model).map((table) => layoutOf(destination.layout).split(table, destination));
  const by = [splits.some(({ hours }) => hours) && "each hour", splits.some(({ events }) => events) && "each event"];
  const words = by.filter(Boolean).join(" and ");
  return words && `, for ${words},`;
}
