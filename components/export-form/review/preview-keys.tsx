import { formatCount, formatInterval, plural } from "@/lib/client/format";
import type { PreviewWindow } from "@/lib/schemas/export";
import { KeyList } from "../files/key-list";

/** The keys of one window; the API returns only the first ones. */
export function PreviewKeys({ window }: { window: PreviewWindow }) {
  if (window.keys.length === 0) return null;
  const more = window.files - window.keys.length;
  return (
    <div>
      <h3 className="text-muted text-xs">
        {plural(window.files, "key")}
        {more > 0 && `, of which the first ${formatCount(window.keys.length)} are shown`}
      </h3>
      <KeyList keys={window.keys} more={more > 0} className="max-h-40 overflow-y-auto" />
    </div>
  );
}

/** Earlier windows than the newest, with their keys if these are relevant. */
export function EarlierWindows({ windows, withKeys }: { windows: readonly PreviewWindow[]; withKeys: boolean }) {
  if (windows.length === 0) return null;
  return (
    <section aria-label="Periods before" className="flex flex-col gap-1.5">
      <h3 className="text-muted text-xs">Earlier windows</h3>
      {windows.map((window) =>
        withKeys ? (
          <WithKeys key={window.intervalStart} window={window} />
        ) : (
          <p key={window.intervalStart} className="rounded-lg border border-border px-3 py-2 text-[0.8125rem]">
            {formatInterval(window.intervalStart, window.intervalEnd)}: {plural(window.rows, "row")}
          </p>
        ),
      )}
    </section>
  );
}

function WithKeys({ window }: { window: PreviewWindow }) {
  return (
    <details className="rounded-lg border border-border px-3 py-2">
      <summary className="cursor-pointer text-[0.8125rem]">
        {formatInterval(window.intervalStart, window.intervalEnd)}: {plural(window.rows, "row")},{" "}
        {plural(window.files, "file")}
      </summary>
      <KeyList keys={window.keys} more={window.files > window.keys.length} className="max-h-40 overflow-y-auto" />
    </details>
  );
}
