import { Menu } from "lucide-react";
import type { ReactNode } from "react";
import { Logo } from "@/components/app/logo";
import { ThemeMenu } from "@/components/app/theme-menu";
import { Link } from "@/components/ui/link";
import { cn } from "@/lib/client/cn";

export interface DocsGroup {
  title: string;
  entries: { path: string; title: string }[];
}

interface DocsFrameProps {
  /** Path of the page that is shown, for its place in the navigation. */
  path: string;
  groups: DocsGroup[];
  /** Sections of the page to jump to. */
  sections: { id: string; text: string }[];
  children: ReactNode;
}

/** The frame of the documentation and the API reference, which anyone can read. */
export function DocsFrame({ path, groups, sections, children }: DocsFrameProps) {
  return (
    <div className="min-h-dvh">
      <a
        href="#content"
        className="fixed top-2 left-2 z-70 -translate-y-16 rounded-lg bg-primary px-3 py-2 font-medium text-on-primary focus:translate-y-0 print:hidden"
      >
        Skip to the content
      </a>
      <Header path={path} />
      <div className="mx-auto max-w-7xl md:grid md:grid-cols-[15rem_minmax(0,1fr)] xl:grid-cols-[15rem_minmax(0,1fr)_14rem] print:block">
        <div className="sticky top-14 hidden h-[calc(100dvh-3.5rem)] overflow-y-auto border-border border-r py-5 pr-3 pl-4 md:block print:hidden">
          <Navigation path={path} groups={groups} label="Documentation" />
        </div>
        <details className="border-border border-b md:hidden print:hidden">
          <summary className="flex h-12 cursor-pointer items-center gap-2 px-4 font-medium">
            <Menu className="size-4" aria-hidden /> Contents
          </summary>
          <div className="px-4 pb-4">
            <Navigation path={path} groups={groups} label="Contents" />
          </div>
        </details>
        <main id="content" tabIndex={-1} className="min-w-0 px-4 py-6 outline-none sm:px-8 lg:py-9">
          <div className="mx-auto max-w-3xl">{children}</div>
        </main>
        {sections.length > 1 && (
          <div className="sticky top-14 hidden h-[calc(100dvh-3.5rem)] overflow-y-auto px-3 py-9 xl:block print:hidden">
            <Sections sections={sections} />
          </div>
        )}
      </div>
    </div>
  );
}

function Header({ path }: { path: string }) {
  const places = [
    { href: "/docs", label: "Docs", here: path.startsWith("/docs") },
    { href: "/api/docs", label: "API", here: path.startsWith("/api/docs") },
  ];
  return (
    <header className="sticky top-0 z-40 flex h-14 items-center gap-1 bg-nav pr-2 pl-4 text-on-nav print:hidden">
      <Link href="/exports" className="mr-2 flex h-11 items-center gap-2.5 rounded-lg font-semibold sm:mr-4">
        <Logo className="size-7" /> <span className="hidden sm:inline">Penstock</span>
        <span className="sr-only sm:hidden">Penstock</span>
      </Link>
      <nav aria-label="Documents" className="flex gap-1">
        {places.map(({ href, label, here }) => (
          <Link
            key={href}
            href={href}
            prefetch={false}
            aria-current={here ? "true" : undefined}
            className={cn(
              "flex h-11 items-center rounded-lg px-3 font-medium text-on-nav-muted hover:bg-nav-raised hover:text-on-nav md:h-9",
              here && "bg-nav-raised text-on-nav",
            )}
          >
            {label}
          </Link>
        ))}
      </nav>
      <Link
        href="/exports"
        className="ml-auto flex h-11 items-center rounded-lg px-3 font-medium text-on-nav-muted hover:text-on-nav"
      >
        Open the app
      </Link>
      <ThemeMenu className="flex size-11 shrink-0 items-center justify-center rounded-lg text-on-nav-muted hover:bg-nav-raised hover:text-on-nav [&_svg]:size-4" />
    </header>
  );
}

function Navigation({ path, groups, label }: { path: string; groups: DocsGroup[]; label: string }) {
  return (
    <nav aria-label={label} className="flex flex-col gap-5">
      {groups.map(({ title, entries }) => (
        <div key={title}>
          <p className="mb-1 px-2 font-medium text-muted text-xs">{title}</p>
          <ul>
            {entries.map((entry) => (
              <li key={entry.path}>
                <Link
                  href={entry.path}
                  prefetch={false}
                  aria-current={entry.path === path ? "page" : undefined}
                  className={cn(
                    "block rounded-lg px-2 py-2 text-[0.8125rem] leading-5 hover:bg-sunken md:py-1",
                    entry.path === path && "bg-primary-soft font-medium text-primary",
                  )}
                >
                  {entry.title}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function Sections({ sections }: { sections: DocsFrameProps["sections"] }) {
  return (
    <nav aria-label="On this page">
      <p className="mb-1 px-2 font-medium text-muted text-xs">On this page</p>
      <ul>
        {sections.map(({ id, text }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="block rounded-lg px-2 py-1 text-[0.8125rem] text-muted leading-5 hover:text-foreground"
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
