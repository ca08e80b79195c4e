import type { Components } from "hast-util-to-jsx-runtime";
import { type ComponentProps, isValidElement, type ReactNode } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { Link } from "@/components/ui/link";
import { atBase } from "@/lib/base-path";

type Resolve = (href: string) => string | null;

/** The app's elements for those of a document. */
export const markdownElements = (resolve: Resolve): Partial<Components> => ({
  a: ({ href = "", children }) => <DocLink href={resolve(href)}>{children}</DocLink>,
  // Its size is unknown, and nothing below moves before it is read: it is loaded when it comes near.
  img: ({ src = "", alt = "" }) => (
    // biome-ignore lint/performance/noImgElement: the image optimizer is off
    <img
      src={atBase(resolve(String(src)) ?? "")}
      alt={alt}
      loading="lazy"
      className="rounded-xl border border-border"
    />
  ),
  h1: ({ children }) => <h1 className="font-semibold text-2xl tracking-tight">{children}</h1>,
  h2: (props) => <Heading level="h2" className="mt-10 text-lg" {...props} />,
  h3: (props) => <Heading level="h3" className="mt-7 text-base" {...props} />,
  h4: (props) => <Heading level="h4" className="mt-5" {...props} />,
  p: ({ children }) => <p className="mt-3 leading-6">{children}</p>,
  ul: ({ children }) => <ul className="mt-3 list-disc space-y-1.5 pl-5 leading-6">{children}</ul>,
  ol: ({ children }) => <ol className="mt-3 list-decimal space-y-1.5 pl-5 leading-6">{children}</ol>,
  blockquote: ({ children }) => (
    <blockquote className="mt-3 border-border-strong border-l-2 pl-4 text-muted">{children}</blockquote>
  ),
  code: ({ children }) => (
    <code className="wrap-anywhere rounded bg-sunken px-1 py-0.5 font-mono text-[0.85em]">{children}</code>
  ),
  pre: ({ children }) => <Pre>{children}</Pre>,
  hr: () => <hr className="mt-8 border-border" />,
  table: ({ children }) => <DocTable>{children}</DocTable>,
  th: ({ children, style }) => (
    <th style={style} className="whitespace-nowrap px-3 py-2 text-left font-medium text-muted text-xs">
      {children}
    </th>
  ),
  td: ({ children, style }) => (
    <td style={style} className="border-border border-t px-3 py-2 align-top">
      {children}
    </td>
  ),
});

function DocLink({ href, children }: { href: string | null; children: ReactNode }) {
  const style = "rounded text-primary underline decoration-primary/40 underline-offset-2 hover:decoration-primary";
  if (href === null) return children;
  // Files are no pages of Next, and anchors of this page need no navigation.
  if (/^(https?:|mailto:|#)/.test(href) || href.startsWith("/docs/files/"))
    return (
      <a href={href.startsWith("/") ? atBase(href) : href} className={style}>
        {children}
      </a>
    );
  return (
    <Link href={href} prefetch={false} className={style}>
      {children}
    </Link>
  );
}

interface HeadingProps extends ComponentProps<"h2"> {
  level: "h2" | "h3" | "h4";
}

/** A heading with a link to itself. */
function Heading({ level: Level, id, className, children }: HeadingProps) {
  return (
    <Level id={id} className={`group flex scroll-mt-20 items-baseline gap-1 font-semibold tracking-tight ${className}`}>
      <span>{children}</span>
      <a
        href={`#${id}`}
        aria-label="Link to this section"
        className="inline-flex size-6 shrink-0 items-center justify-center rounded font-normal text-muted opacity-0 hover:text-primary focus-visible:opacity-100 group-hover:opacity-100"
      >
        #
      </a>
    </Level>
  );
}

/** A fenced code block, with its language as the title. */
function Pre({ children }: { children: ReactNode }) {
  const { className = "", children: text } = isValidElement<{ className?: string; children?: ReactNode }>(children)
    ? children.props
    : { children };
  const language = /language-(\S+)/.exec(className)?.[1] ?? "text";
  return (
    <div className="mt-3">
      <CodeBlock title={TITLES[language] ?? language} text={String(text).trimEnd()} copyLabel="Copy" isRegion={false} />
    </div>
  );
}

const TITLES: Record<string, string> = {
  sh: "Shell",
  json: "JSON",
  yaml: "YAML",
  sql: "SQL",
  mermaid: "Diagram, as Mermaid source",
  text: "Text",
};

/** Scrolls sideways in itself where it is wider than the screen. */
function DocTable({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      role="group"
      aria-label="Table"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards scroll what has the focus
      tabIndex={0}
      className="mt-4 overflow-x-auto rounded-xl border border-border bg-surface"
    >
      <table className="w-full border-collapse text-sm">{children}</table>
    </div>
  );
}
