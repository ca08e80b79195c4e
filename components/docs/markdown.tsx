import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import { toString as textOf } from "hast-util-to-string";
import type { ReactNode } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import rehypeSlug from "rehype-slug";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { markdownElements } from "./elements";

/** Raw HTML in Markdown is left out: `remark-rehype` passes none on. */
const processor = unified().use(remarkParse).use(remarkGfm).use(remarkRehype).use(rehypeSlug);

export interface Heading {
  id: string;
  text: string;
}

/**
 * Renders Markdown on the server. `resolve` says where a link leads; null for what the app doesn't have, which is shown
 * as text. Returns the page's second-level headings too.
 */
export function renderMarkdown(
  markdown: string,
  resolve: (href: string) => string | null,
): { content: ReactNode; headings: Heading[] } {
  const tree = processor.runSync(processor.parse(markdown));
  const headings = tree.children.flatMap((node) =>
    node.type === "element" && node.tagName === "h2" ? [{ id: String(node.properties.id), text: textOf(node) }] : [],
  );
  const content = toJsxRuntime(tree, { Fragment, jsx, jsxs, components: markdownElements(resolve) });
  return { content, headings };
}
