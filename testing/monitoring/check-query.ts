import type { Labels } from "./exported";
import { usesOf } from "./promql";

/** Labels that Prometheus adds to what it scrapes. */
const TARGET = ["job", "instance"];
/** Series that Prometheus makes for each target. */
const OWN = ["up"];
/** Labels whose values depend on the installation. */
const OPEN = [...TARGET, "project", "export", "queue", "le"];

/** What a query, or a text about its result, names that isn't exported. Throws if the query is malformed. */
export function problemsOf(query: string, template: string, exported: Map<string, Labels>): string[] {
  const { metrics, labels } = usesOf(query);
  const problems: string[] = [];
  const has = (name: string) => OWN.includes(name) || exported.has(name);
  const known = new Set([...TARGET, ...metrics.flatMap(({ name }) => [...(exported.get(name)?.keys() ?? [])])]);
  for (const { name, matchers } of metrics) {
    if (!has(name)) problems.push(`no metric ${name}`);
    for (const { label, values } of matchers) {
      const found = exported.get(name)?.get(label);
      if (!TARGET.includes(label) && !found) problems.push(`${name} has no label ${label}`);
      if (OPEN.includes(label)) continue;
      problems.push(...values.filter((value) => !found?.has(value)).map((value) => `${name}: no ${label} ${value}`));
    }
  }
  const named = [...template.matchAll(/\$labels\.(\w+)|\{\{(\w+)\}\}/g)].map(([, alert, legend]) => alert ?? legend!);
  return [
    ...problems,
    ...[...labels, ...named].filter((label) => !known.has(label)).map((label) => `no label ${label}`),
  ];
}
