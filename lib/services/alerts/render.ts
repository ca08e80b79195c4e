import type { AlertContent } from "./content";

/** Renders plain text. `why` says why the reader gets it. */
export function alertText({ lead, points, statement, links, next }: AlertContent, why: string): string {
  const blocks = [
    lead,
    points.map(({ label, value }) => `${label}: ${value}`).join("\n"),
    ...(statement ? [`The statement to add:\n${statement}`] : []),
    links.map(({ label, url }) => `${label}:\n${url}`).join("\n"),
    next,
    why,
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** Renders a simple HTML page. User-chosen names are escaped. */
export function alertHtml({ lead, points, statement, links, next }: AlertContent, why: string): string {
  const rows = points.map(
    ({ label, value }) => `<tr><th align="left" valign="top">${esc(label)}</th><td>${esc(value)}</td></tr>`,
  );
  const items = links.map(({ label, url }) => `<li><a href="${esc(url)}">${esc(label)}</a></li>`);
  const parts = [
    `<p>${esc(lead)}</p>`,
    `<table cellpadding="4">${rows.join("")}</table>`,
    statement ? `<p>The statement to add:</p><pre>${esc(statement)}</pre>` : "",
    `<ul>${items.join("")}</ul>`,
    `<p>${esc(next)}</p>`,
    `<p><small>${esc(why)}</small></p>`,
  ];
  return `<!doctype html><html lang="en"><body>${parts.join("")}</body></html>`;
}

/** Renders a message for Slack and compatible services. */
export function alertSlack({ subject, lead, points, statement, links, next }: AlertContent) {
  const lines = points.map(({ label, value }) => `*${label}:* ${slack(value)}`);
  const code = statement ? [`\`\`\`${slack(statement)}\`\`\``] : [];
  const leads = links.map(({ label, url }) => `<${slack(url)}|${slack(label)}>`).join(" · ");
  const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text: text.slice(0, 3000) } });
  return {
    text: slack(subject),
    blocks: [slack(lead), [...lines, ...code].join("\n"), leads, slack(next)].map(section),
  };
}

const HTML: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const esc = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => HTML[sign] ?? sign);
/** Slack requires escaping of only these three characters. */
const slack = (text: string) => text.replaceAll(/[&<>]/g, (sign) => HTML[sign] ?? sign);
