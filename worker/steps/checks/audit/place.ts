import { writesFiles } from "@/lib/destinations/catalog";
import type { RunSpec } from "@/lib/destinations/run-spec";
import { writingOf } from "@/lib/destinations/writing";
import { regexOf } from "@/lib/rows/layouts/pattern";
import { prefixLead } from "@/lib/rows/layouts/prefix";
import type { KeyLanguage, Trace } from "@/lib/rows/layouts/types";

/** Where runs wrote, and which keys there are their export's. */
export interface Place {
  address: string;
  /** Begins every key. */
  prefix: string;
  /** Whether the export still writes these keys: then no other export may. */
  isPresent: boolean;
  /** Whether only this export writes such keys. */
  isOurs(key: string): boolean;
  traceOf(key: string): Trace | null;
}

/** What an export writes now: no other export may write the same keys. */
export interface Present {
  address: string;
  spec: Pick<RunSpec, "model" | "destination">;
  sourceProjectId: number;
}

/**
 * The place of runs that wrote with a spec. If their export now writes other keys, or elsewhere, another export may
 * write these: then none counts as its own by its form alone.
 */
export function placeOf(address: string, spec: RunSpec, present: Present): Place {
  const { sourceProjectId } = present;
  const languageOf = ({ model, destination }: Present["spec"]) =>
    writingOf(destination).keys({ model, destination, sourceProjectId });
  const [language, ofExport] = [languageOf(spec), languageOf(present.spec)];
  const isPresent = address === present.address && JSON.stringify(language) === JSON.stringify(ofExport);
  return {
    address,
    prefix: writesFiles(spec.destination) ? prefixLead(spec.destination.prefix) : "",
    isPresent,
    isOurs: isPresent && language ? matcherOf(language) : () => false,
    traceOf: (key) => writingOf(spec.destination).traceOf(spec.destination, key),
  };
}

function matcherOf({ patterns }: KeyLanguage): (key: string) => boolean {
  const machines = patterns.map(regexOf);
  return (key) => machines.some((machine) => machine.test(key));
}
