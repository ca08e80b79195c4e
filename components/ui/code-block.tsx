import { CopyButton } from "./copy-button";

interface CodeBlockProps {
  /** The heading above the text. */
  title: string;
  text: string;
  copyLabel: string;
  /** False where a page has many, which would crowd its list of regions. */
  isRegion?: boolean;
}

/** Monospaced text to copy, shown in full; long lines wrap. */
export function CodeBlock({ title, text, copyLabel, isRegion = true }: CodeBlockProps) {
  const Wrapper = isRegion ? "section" : "div";
  return (
    <div className="min-w-0 overflow-hidden rounded-xl border border-border bg-surface">
      <div className="flex min-h-10 items-center justify-between gap-2 border-border border-b bg-sunken py-1 pr-1 pl-3">
        <span className="min-w-0 text-muted text-xs">{title}</span>
        <CopyButton text={text} label={copyLabel} />
      </div>
      <Wrapper {...(isRegion && { "aria-label": title })}>
        <pre className="wrap-anywhere whitespace-pre-wrap p-3 font-mono text-xs leading-5">{text}</pre>
      </Wrapper>
    </div>
  );
}
