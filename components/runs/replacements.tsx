import { CircleCheck, Replace } from "lucide-react";
import { plural } from "@/lib/client/format";
import type { Receipt } from "@/lib/fields/receipt";

type Reason = NonNullable<Receipt["replacements"]>[number]["reason"];

const WORDS: Record<Reason, string> = {
  invalid_utf8: "bytes that are not UTF-8 became U+FFFD",
  lone_surrogate: "lone surrogates became U+FFFD",
  nul: "NUL characters became U+FFFD",
  control_character: "control characters became U+FFFD",
  number_as_string: "numbers beyond the destination’s range became strings",
  depth_as_string: "JSON nested too deeply became a string",
  not_json: "text that is not JSON became a string",
  formula: "an apostrophe was added before text that looks like a formula",
};

/** Which values were replaced, and why. */
export function Replacements({ replaced, replacements }: { replaced: number; replacements: Receipt["replacements"] }) {
  if (replaced === 0)
    return (
      <p className="flex gap-3 rounded-xl bg-sunken p-3.5">
        <CircleCheck className="mt-0.5 size-5 shrink-0 text-muted" aria-hidden />
        Every value arrived unchanged.
      </p>
    );
  return (
    <section aria-label="Replaced values" className="flex gap-3 rounded-xl bg-warn-soft p-3.5">
      <Replace className="mt-0.5 size-5 shrink-0 text-warn" aria-hidden />
      <div className="min-w-0">
        <p className="font-medium text-warn">
          {plural(replaced, "value")} {replaced === 1 ? "was" : "were"} changed during the export.
        </p>
        <ul className="mt-1 space-y-0.5">
          {replacements?.map(({ table, column, reason, values }) => (
            <li key={`${table}.${column}.${reason}`} className="break-words">
              <code className="font-mono text-xs">
                {table}.{column}
              </code>
              : {plural(values, "value")}, {WORDS[reason]}
            </li>
          ))}
        </ul>
        <p className="mt-1 text-[0.8125rem] text-muted">The run’s log names some of their rows.</p>
      </div>
    </section>
  );
}
