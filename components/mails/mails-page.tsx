"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Inbox } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { DeliveryBadge } from "@/components/alerts/delivery-badge";
import { Paged } from "@/components/settings/paged";
import { Section } from "@/components/settings/section";
import { type Column, DataTable, opensRow } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import { cn } from "@/lib/client/cn";
import { mailsQuery } from "@/lib/client/people-queries";
import type { Mail } from "@/lib/schemas/organization";
import { MailSheet } from "./mail-sheet";

/** The organization's mails, readable here if no mail server is configured. */
export function MailsPage() {
  const mails = useInfiniteQuery(mailsQuery());
  const [open, setOpen] = useQueryState("mail", parseAsString.withOptions({ history: "push" }));
  return (
    <Section
      title="Emails"
      description="Invitations and alerts for this organization. Without a mail server, they’re kept here for you to read and pass on."
    >
      <Paged
        query={mails}
        what="emails"
        empty={
          <EmptyState icon={<Inbox aria-hidden />} title="No emails yet">
            Invitation and alert emails appear here.
          </EmptyState>
        }
      >
        {(items) => (
          <DataTable label="Emails" columns={mailColumns(setOpen)} rows={items} keyOf={({ id }) => id} opens />
        )}
      </Paged>
      <MailSheet id={open} onClose={() => setOpen(null)} />
    </Section>
  );
}

/** Columns of the mail table. A click anywhere on a row opens it. */
const mailColumns = (onOpen: (id: string) => void): Column<Mail>[] => [
  {
    header: "Email",
    className: "w-full max-w-0 py-3",
    cell: ({ id, subject, to, lastError, createdAt }) => (
      <>
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => onOpen(id)}
          className={cn("block max-w-full truncate rounded text-left font-medium", opensRow)}
          title={subject}
        >
          {subject}
        </button>
        <p className="truncate text-muted text-xs sm:hidden">
          {to} · <RelativeTime value={createdAt} />
        </p>
        {lastError && <p className="line-clamp-2 break-words text-bad text-xs">{lastError}</p>}
      </>
    ),
  },
  { header: "To", from: "sm", className: "max-w-56 truncate text-muted", title: ({ to }) => to, cell: ({ to }) => to },
  { header: "State", cell: ({ state }) => <DeliveryBadge state={state} /> },
  {
    header: "When",
    from: "sm",
    align: "right",
    className: "whitespace-nowrap text-muted",
    cell: ({ createdAt }) => <RelativeTime value={createdAt} />,
  },
];
