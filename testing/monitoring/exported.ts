/** The labels of a metric, each with the values that it has. */
export type Labels = Map<string, Set<string>>;

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? \S+$/;

/** The metrics in Prometheus' text format, by the names of their series. */
export function exportedBy(text: string): Map<string, Labels> {
  const metrics = new Map<string, Labels>();
  for (const line of text.split("\n")) {
    const [, name, labels = ""] = LINE.exec(line) ?? [];
    if (!name) continue;
    const known = metrics.get(name) ?? new Map<string, Set<string>>();
    metrics.set(name, known);
    for (const [, label = "", value = ""] of labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g))
      known.set(label, (known.get(label) ?? new Set()).add(value));
  }
  return metrics;
}
