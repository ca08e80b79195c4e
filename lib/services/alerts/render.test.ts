import { describe, expect, it } from "vitest";
import type { AlertContent } from "./content";
import { alertHtml, alertSlack, alertText } from "./render";

const content: AlertContent = {
  subject: "“<b>A & B</b>” failed",
  lead: 'The export “<script>alert("1")</script>” couldn’t export a window.',
  points: [
    { label: "Window", value: "2026-11-24 10:00 to 11:00 UTC" },
    { label: "Error", value: "It’s <refused> & over." },
  ],
  statement: '{ "Effect": "Allow" }',
  links: [{ label: "View the run", url: "https://penstock.example/o/o/p/p/exports/e?run=r&retry=1" }],
  next: "The next window runs at noon.",
};
const why = "You get this email because you are an owner of A & B.";

describe("an alert", () => {
  it("as text has everything, word for word", () => {
    const text = alertText(content, why);
    const wanted = [content.lead, "Window: 2026-11-24 10:00 to 11:00 UTC", content.statement, content.links[0]?.url];
    for (const part of [...wanted, content.next, why]) expect(text).toContain(part);
  });

  it("as HTML has everything too, and no markup of others", () => {
    const html = alertHtml(content, why);
    expect(html).not.toMatch(/<script|<refused/);
    expect(html).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;");
    expect(html).toContain('<a href="https://penstock.example/o/o/p/p/exports/e?run=r&amp;retry=1">View the run</a>');
    expect(html).toContain("an owner of A &amp; B.");
  });

  it("for Slack has the same, with its three signs escaped", () => {
    const { text, blocks } = alertSlack(content);
    expect(text).toBe("“&lt;b&gt;A &amp; B&lt;/b&gt;” failed");
    const all = blocks.map((block) => block.text.text).join("\n");
    expect(all).not.toContain("<script");
    expect(all).toContain("*Error:* It’s &lt;refused&gt; &amp; over.");
    expect(all).toContain("<https://penstock.example/o/o/p/p/exports/e?run=r&amp;retry=1|View the run>");
    expect(all).toContain('```{ "Effect": "Allow" }```');
  });
});
