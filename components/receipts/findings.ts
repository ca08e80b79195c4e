import type { Certificate } from "@/lib/schemas/receipt";

type Finding = Certificate["findings"][number];

export interface FindingGroup extends Finding {
  windows: number;
}

/** Findings with one entry for windows that follow each other and have the same message. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const groups: FindingGroup[] = [];
  for (const finding of findings) {
    const last = groups.at(-1);
    if (last && last.message === finding.message && last.intervalEnd === finding.intervalStart) {
      last.intervalEnd = finding.intervalEnd;
      last.windows += 1;
    } else groups.push({ ...finding, windows: 1 });
  }
  return groups;
}
