import type { Fact } from "@/components/destinations/parts";
import { AUDIT_WORDS, expectDeletionLabel, formatShare, LATE_WORDS, LOOK_WORDS } from "@/lib/client/check-words";
import { plural } from "@/lib/client/format";
import { kindOf } from "@/lib/destinations/outlines";
import type { Checks } from "@/lib/fields/checks";
import type { CreateExport } from "@/lib/schemas/export";

const list = new Intl.ListFormat("en", { type: "conjunction" });

/** The checks of an export, labeled as in the form. */
export function checkFacts({ checks, destination }: CreateExport): Fact[] {
  const kind = kindOf(destination.type);
  const { source, destination: audit, destinationDays, deepShare, expectDeletion, onLate } = checks;
  return [
    ["Source checks", looksWords(source)],
    ["If rows arrive late", LATE_WORDS[onLate].label],
    [
      "Destination audits",
      audit === "off" ? "Only on request" : `${AUDIT_WORDS[audit]}, ${plural(destinationDays, "day")} back`,
    ],
    ...(kind === "files" && audit !== "off" ? [["Files read back", formatShare(deepShare)] as const] : []),
    [expectDeletionLabel(kind), expectDeletion ? "Yes" : "No"],
  ];
}

const looksWords = (looks: Checks["source"]): string =>
  looks.length === 0 ? "Only on request" : `${list.format(looks.map((look) => LOOK_WORDS[look]))} after the commit`;

/** Checks in a few words. */
export function checksSummary({ source, destination }: Checks): string {
  const asked = source.length === 0 ? "Source not checked" : `Source checked ${plural(source.length, "time")}`;
  const audited = destination === "off" ? "no audits" : `audited ${AUDIT_WORDS[destination].toLowerCase()}`;
  return `${asked}, ${audited}`;
}
