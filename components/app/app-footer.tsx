import { CopyButton } from "@/components/ui/copy-button";
import { Link } from "@/components/ui/link";

export interface Build {
  version: string;
  /** The build's commit; null if it isn't known. */
  revision: string | null;
}

/** The version, to copy into a bug report, and the documentation. */
export function AppFooter({ build: { version, revision } }: { build: Build }) {
  const name = revision === null ? `Penstock ${version}` : `Penstock ${version} (${revision})`;
  const link = "inline-flex min-h-8 items-center rounded hover:text-foreground hover:underline";
  return (
    <footer className="mt-auto flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 text-muted text-xs sm:px-6 lg:px-8 print:hidden">
      <div className="mx-auto flex w-full max-w-6xl flex-wrap items-center gap-x-4">
        <span className="flex items-center gap-0.5">
          {name} <CopyButton text={name} label="Copy version" />
        </span>
        <Link href="/docs" prefetch={false} className={link}>
          Documentation
        </Link>
        <Link href="/api/docs" prefetch={false} className={link}>
          API reference
        </Link>
      </div>
    </footer>
  );
}
