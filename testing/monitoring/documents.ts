import { readFileSync } from "node:fs";
import { parse } from "yaml";

const FOLDER = "docs/operations";

interface Rules {
  groups: { name: string; rules: Rule[] }[];
}

export interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
  annotations: { summary: string; description: string };
}

export interface Panel {
  type: string;
  title: string;
  gridPos: { x: number; y: number };
  targets?: { expr: string; legendFormat: string }[];
}

interface Dashboard {
  panels: Panel[];
  templating: { list: { name: string; query: string | { query: string } }[] };
}

export const alertRules = (): Rule[] =>
  (parse(readFileSync(`${FOLDER}/alerts.yaml`, "utf8")) as Rules).groups.flatMap(({ rules }) => rules);

export const dashboard = (): Dashboard =>
  JSON.parse(readFileSync(`${FOLDER}/grafana-dashboard.json`, "utf8")) as Dashboard;

/** Every query of rules and dashboard, with what it belongs to. Grafana's variables are replaced. */
export const queries = (): [name: string, query: string, template: string][] => [
  ...alertRules().map(({ alert, expr, annotations }): [string, string, string] => [
    alert,
    expr,
    `${annotations.summary} ${annotations.description}`,
  ]),
  ...dashboard().panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr, legendFormat }): [string, string, string] => [
      `${title} (${legendFormat})`,
      expr.replaceAll("$__rate_interval", "5m"),
      legendFormat,
    ]),
  ),
];
