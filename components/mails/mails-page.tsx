"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Inbox } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { DeliveryBadge } from "@/components/alerts/delivery-badge";
import { Paged } from "@/components/settings/paged";
import { Section } from "@/components/settings/section";
import { EmptyState } from "@/components/ui/states";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { RelativeTime } from "@/components/ui/time";
import { mailsQuery } from "@/lib/client/people-queries";
import type { Mail } from "@/lib/schemas/organization";
import { MailSheet } from "./mail-sheet";

/** The organization's mails; where no mail server is set they can be read here. */
export function MailsPage() {
  const mails = useInfiniteQuery(mailsQuery());
  const [open, setOpen] = useQueryState("mail", parseAsString.withOptions({ history: "push" }));
  return (
    <Section
      title="Mails"
      description="Invitations and alerts of this organization. Where no mail server is set they are kept here, to be read and handed over."
    >
      <Paged
        query={mails}
        what="mails"
        empty={
          <EmptyState icon={<Inbox aria-hidden />} title="No mail yet">
            Invitations and alerts stand here once there are any.
          </EmptyState>
        }
      >
        {(items) => <MailTable items={items} onOpen={setOpen} />}
      </Paged>
      <MailSheet id={open} onClose={() => setOpen(null)} />
    </Section>
  );
}

function MailTable({ items, onOpen }: { items: readonly Mail[]; onOpen: (id: string) => void }) {
  return (
    <Table aria-label="Mails">
      <thead className="max-sm:sr-only">
        <tr>
          <Th>Mail</Th>
          <Th className="hidden sm:table-cell">To</Th>
          <Th>State</Th>
          <Th className="hidden text-right sm:table-cell">When</Th>
        </tr>
      </thead>
      <tbody>
        {items.map((mail) => (
          <MailRow key={mail.id} mail={mail} onOpen={() => onOpen(mail.id)} />
        ))}
      </tbody>
    </Table>
  );
}

/** One mail; a click anywhere on the row opens it. */
function MailRow({ mail: { subject, to, state, lastError, createdAt }, onOpen }: { mail: Mail; onOpen: () => void }) {
  return (
    <Tr className="relative transition-colors hover:bg-sunken/60">
      <Td className="w-full max-w-0 py-3">
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={onOpen}
          className="block max-w-full truncate rounded text-left font-medium after:absolute after:inset-0 after:content-['']"
          title={subject}
        >
          {subject}
        </button>
        <p className="truncate text-muted text-xs sm:hidden">
          {to} · <RelativeTime value={createdAt} />
        </p>
        {lastError && <p className="line-clamp-2 break-words text-bad text-xs">{lastError}</p>}
      </Td>
      <Td className="hidden max-w-56 truncate text-muted sm:table-cell" title={to}>
        {to}
      </Td>
      <Td>
        <DeliveryBadge state={state} />
      </Td>
      <Td className="hidden whitespace-nowrap text-right text-muted sm:table-cell">
        <RelativeTime value={createdAt} />
      </Td>
    </Tr>
  );
}
