import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { renderMarkdown } from "./markdown";

const html = (markdown: string) =>
  renderToStaticMarkup(renderMarkdown(markdown, (href) => (href.startsWith("bad") ? null : `/to/${href}`)).content);

it("gives headings the anchors that GitHub gives them, and lists those of the second level", () => {
  const { headings } = renderMarkdown("# A\n\n## Keys & `values`\n\n### Deep\n\n## Keys & `values`", (href) => href);
  expect(headings).toEqual([
    { id: "keys--values", text: "Keys & values" },
    { id: "keys--values-1", text: "Keys & values" },
  ]);
});

it("resolves links and images, and shows a link to nowhere as text", () => {
  expect(html("[a](b.md)")).toContain('href="/to/b.md"');
  expect(html("![a picture](b.png)")).toContain('src="/to/b.png" alt="a picture"');
  expect(html("[gone](bad.md)")).not.toContain("<a");
  expect(html("[gone](bad.md)")).toContain("gone");
});

it("renders tables, code, and its language", () => {
  expect(html("| a | b |\n| --- | ---: |\n| 1 | 2 |")).toMatch(/<table.*<th.*<td/s);
  const code = html('```sh\necho "<b>" && ls\n```');
  expect(code).toContain("Shell");
  expect(code).toContain("echo &quot;&lt;b&gt;&quot; &amp;&amp; ls</pre>");
});

it("leaves raw HTML out", () => {
  expect(html("a <script>alert(1)</script> b\n\n<img src=x onerror=alert(1)>")).not.toMatch(/<script|<img|onerror/);
});
