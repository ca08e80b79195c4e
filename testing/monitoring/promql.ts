import { parser } from "@prometheus-io/lezer-promql";

interface Matcher {
  label: string;
  /** The values that it names: one, or the alternatives of a plain regular expression. */
  values: string[];
}

/** What a query needs of the metrics. */
export interface Uses {
  metrics: { name: string; matchers: Matcher[] }[];
  /** Every label that it names, grouping included. */
  labels: Set<string>;
}

type Cursor = ReturnType<ReturnType<typeof parser.parse>["cursor"]>;

/** Parses a PromQL query. Throws with the place if it is malformed. */
export function usesOf(query: string): Uses {
  const uses: Uses = { metrics: [], labels: new Set() };
  const textOf = ({ from, to }: Pick<Cursor, "from" | "to">) => query.slice(from, to);
  parser.parse(query).iterate({
    enter: ({ node }) => {
      if (node.type.isError) throw new Error(`Malformed at ${node.from}: ${query}`);
      if (node.name === "LabelName") uses.labels.add(textOf(node));
      if (node.name !== "VectorSelector") return;
      const name = node.getChild("Identifier");
      const found = node.getChild("LabelMatchers")?.getChildren("UnquotedLabelMatcher") ?? [];
      const matchers = found.map((matcher) => ({
        label: textOf(matcher.getChild("LabelName")!),
        values: textOf(matcher.getChild("StringLiteral")!).slice(1, -1).split("|"),
      }));
      uses.metrics.push({ name: name ? textOf(name) : "", matchers });
    },
  });
  return uses;
}
