import { Link } from "@/components/ui/link";

/** `docs/source.md`, `docs/operations.md#deploy`. */
const DOCUMENT = /(docs\/[\w/-]+\.md(?:#[\w-]+)?)/;

/** A sentence in which names of documentation files are links to their pages. */
export const DocText = ({ text }: { text: string }) =>
  text.split(DOCUMENT).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <Link key={part} href={`/${part.replace(".md", "")}`} prefetch={false} className="rounded text-primary underline">
        {part}
      </Link>
    ),
  );
