"use client";

import { useState } from "react";
import { PageHeader } from "@/components/app/page-header";
import { useProject } from "@/components/app/project-context";
import { BackLink } from "@/components/ui/back-link";
import { Button } from "@/components/ui/button";
import { DraftNotice } from "@/components/ui/draft-notice";
import { Form } from "@/components/ui/form";
import { LeaveGuard } from "@/components/ui/leave-guard";
import { toast } from "@/lib/client/toast";
import { useAppRouter } from "@/lib/client/workspace";
import type { Connection } from "@/lib/schemas/connection";
import { NewConnection } from "./new-connection";
import { useConnectionDraft } from "./use-connection-draft";

/** Creates a connection, then opens its page, which verifies it. */
export function NewConnectionPage() {
  const project = useProject();
  const router = useAppRouter();
  const { draft, wasRestored, isUnsaved } = useConnectionDraft(project.id);
  const [start, setStart] = useState(0);
  const startOver = () => {
    draft.remove();
    setStart(start + 1);
  };
  const created = (connection: Connection) => {
    toast.success(`Connection “${connection.name}” saved`);
    router.push(`/connections/${connection.id}?verify=true`);
  };
  return (
    <div className="mx-auto max-w-4xl">
      <BackLink href="/connections">Connections</BackLink>
      <PageHeader
        title="New connection"
        description="A bucket or a warehouse, with the credentials to write there. Exports can share it."
      />
      {wasRestored && (
        <div className="mb-5">
          <DraftNotice onStartOver={startOver} />
        </div>
      )}
      <NewConnection key={start} projectId={project.id} onCreated={created} draft={draft}>
        {({ fields, extra, saving, save }) => (
          <Form onSubmit={save} className="rounded-xl border border-border bg-surface shadow-raised">
            <div className="p-4 sm:p-6">{fields}</div>
            <footer className="flex flex-wrap justify-end gap-2 rounded-b-xl border-border border-t bg-background px-4 py-3 sm:px-6">
              {extra}
              <Button type="submit" variant="primary" pending={saving}>
                Save and verify
              </Button>
            </footer>
          </Form>
        )}
      </NewConnection>
      <LeaveGuard when={isUnsaved} title="Leave the new connection?" harmless>
        This connection isn’t saved yet. Your draft stays in this tab until you close it. Secrets aren’t saved.
      </LeaveGuard>
    </div>
  );
}
