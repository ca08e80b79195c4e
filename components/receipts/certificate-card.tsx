"use client";

import { useQueryClient } from "@tanstack/react-query";
import { FileBadge } from "lucide-react";
import { useForm } from "react-hook-form";
import { lastHours } from "@/components/historic/ranges";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { UtcTimeField } from "@/components/ui/utc-time-field";
import { lazyResolver } from "@/lib/client/lazy-resolver";
import { certificateQuery } from "@/lib/client/queries";
import { showServerErrors } from "@/lib/client/server-errors";
import { useMutation } from "@/lib/client/use-mutation";
import { useAppRouter } from "@/lib/client/workspace";

const DAYS = 30;

/** Asks for the certificate of a range, by default the last 30 days, and leads to its page. */
export function CertificateCard({ exportId }: { exportId: string }) {
  const router = useAppRouter();
  const queries = useQueryClient();
  const { start: from, end: to } = lastHours(DAYS * 24, Date.now());
  const form = useForm({
    resolver: lazyResolver(() => import("@/lib/schemas/receipt").then((it) => it.certificateQuerySchema)),
    defaultValues: { from, to },
  });
  const { root } = form.formState.errors;
  const issue = useMutation({
    // Fetched here, so that a refused range shows at its field and not on another page.
    mutationFn: (range: { from: string; to: string }) =>
      queries.fetchQuery({ ...certificateQuery(exportId, range), staleTime: 0 }),
    onSuccess: (_, range) => router.push(`/exports/${exportId}/certificate?${new URLSearchParams(range)}`),
    onError: (error) => showServerErrors(form, error),
  });
  return (
    <Card
      title="Certificate"
      description="States which windows of a range are committed, with their rows, signed and printable."
    >
      <Form onSubmit={form.handleSubmit((range) => issue.mutate(range))} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <UtcTimeField control={form.control} name="from" label="From" />
          <UtcTimeField control={form.control} name="to" label="To" />
        </div>
        {root?.message && <FieldError message={root.message} />}
        <Button type="submit" className="self-start" pending={issue.isPending}>
          {!issue.isPending && <FileBadge aria-hidden />} Create certificate
        </Button>
      </Form>
    </Card>
  );
}
