import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { type Column, DataTable } from "./data-table";

interface Fruit {
  name: string;
  count: number;
}

const columns: Column<Fruit>[] = [
  { header: "Fruit", className: "py-3", title: ({ name }) => name, cell: ({ name }) => <b>{name}</b> },
  { header: "Count", from: "md", align: "right", cell: ({ count }) => count },
  { header: "Actions", headerClass: "sr-only", cell: () => null },
];

const html = renderToStaticMarkup(
  <DataTable
    label="Fruits"
    columns={columns}
    rows={[
      { name: "Fig", count: 3 },
      { name: "Plum", count: 0 },
    ]}
    keyOf={({ name }) => name}
    opens
    rowClass={({ count }) => (count === 0 ? "text-muted" : undefined)}
  />,
);

const tags = (pattern: RegExp) => html.match(pattern) ?? [];

it("has a name, and a header for each column", () => {
  expect(html).toMatch(/<table [^>]*aria-label="Fruits"/);
  expect(tags(/<th scope="col"[^>]*>.*?<\/th>/g).map((th) => th.replace(/<th[^>]*>|<\/th>/g, ""))).toEqual([
    "Fruit",
    "Count",
    '<span class="sr-only">Actions</span>',
  ]);
});

it("shows and aligns a column's header and cells alike", () => {
  const [, count = ""] = tags(/<th [^>]*>/g);
  const [first = "", second = ""] = tags(/<td[^>]*>/g);
  for (const tag of [count, second]) expect(tag).toMatch(/ hidden md:table-cell text-right"/);
  expect(first).toContain('title="Fig"');
  expect(first).toContain("py-3");
  expect(first).not.toContain("py-2");
});

it("marks rows that open, and those that the caller marks", () => {
  const [, fig = "", plum = ""] = tags(/<tr[^>]*>/g);
  expect(fig).toContain("hover:");
  expect(fig).not.toContain("text-muted");
  expect(plum).toContain("text-muted");
});
