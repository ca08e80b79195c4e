import { Ban, ReceiptText } from "lucide-react";
import { reasonWords } from "@/components/runs/trigger-words";
import { Badge } from "@/components/ui/badge";
import { type Column, opensRow } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/time";
import { cn } from "@/lib/client/cn";
import { formatCount, formatInterval } from "@/lib/client/format";
import type { ChainItem } from "@/lib/schemas/receipt";
import { CopiedHash, shortHash } from "./copied-hash";

/** Columns of a chain. A click anywhere on a row opens the link's run. */
export const chainColumns = (onOpenRun: (id: string) => void): Column<ChainItem>[] => [
  {
    header: "Number",
    className: "w-0 pr-1 font-medium align-top sm:align-middle",
    cell: ({ sequence }) => formatCount(sequence),
  },
  { header: "Window", className: "py-2.5", cell: (link) => <Window link={link} onOpenRun={onOpenRun} /> },
  { header: "Type", from: "sm", cell: (link) => <TypeBadge link={link} /> },
  { header: "Hash", from: "md", className: "whitespace-nowrap", cell: (link) => <Hash link={link} /> },
  {
    header: "Relation",
    from: "lg",
    className: "text-muted",
    cell: (link) => <Relation link={link} onOpenRun={onOpenRun} />,
  },
  {
    header: "Signed",
    from: "sm",
    align: "right",
    className: "text-muted",
    cell: ({ signedAt }) => <RelativeTime value={signedAt} />,
  },
];

/** The link's window, and fields without a column at this width. */
function Window({ link, onOpenRun }: { link: ChainItem; onOpenRun: (id: string) => void }) {
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => onOpenRun(link.runId)}
        className={cn("rounded text-left font-medium", opensRow, link.voidedBy !== null && "text-muted line-through")}
      >
        {formatInterval(link.intervalStart, link.intervalEnd)}
      </button>
      <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs sm:hidden">
        <TypeBadge link={link} />
        <RelativeTime value={link.signedAt} />
      </div>
      <div className="md:hidden">
        <Hash link={link} />
      </div>
      <div className="text-muted text-xs lg:hidden">
        <Relation link={link} onOpenRun={onOpenRun} />
      </div>
    </>
  );
}

function TypeBadge({ link: { type, voidedBy } }: { link: ChainItem }) {
  return type === "void" ? (
    <Badge tone="warn">
      <Ban aria-hidden /> Void link
    </Badge>
  ) : (
    <Badge tone={voidedBy === null ? "ok" : "idle"}>
      <ReceiptText aria-hidden /> Receipt
    </Badge>
  );
}

function Hash({ link: { sequence, sha256 } }: { link: ChainItem }) {
  return (
    <span className="relative z-10">
      <CopiedHash value={sha256} label={`Copy the hash of link ${sequence}`} />
    </span>
  );
}

/** How the link bears on other links. */
function Relation({
  link: { supersedes, voids, voidedBy },
  onOpenRun,
}: {
  link: ChainItem;
  onOpenRun: (id: string) => void;
}) {
  return (
    <>
      {supersedes && (
        <p>
          Supersedes{" "}
          <button
            type="button"
            aria-haspopup="dialog"
            onClick={() => onOpenRun(supersedes.runId)}
            className="relative z-10 rounded underline"
          >
            {supersedes.sha256 ? (
              <code className="font-mono text-xs">{shortHash(supersedes.sha256)}</code>
            ) : (
              "an earlier receipt"
            )}
          </button>
          : {reasonWords(supersedes.reason).toLowerCase()}
        </p>
      )}
      {voids !== null && <p>Voids link {formatCount(voids)}</p>}
      {voidedBy !== null && <p className="text-warn">Voided by link {formatCount(voidedBy)}</p>}
    </>
  );
}
