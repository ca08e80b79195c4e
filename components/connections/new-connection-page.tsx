"use client";

import { PageHeader } from "@/components/app/page-header";
import { useProject } from "@/components/app/project-context";
import { BackLink } from "@/components/ui/back-link";
import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import { toast } from "@/lib/client/toast";
import { useAppRouter } from "@/lib/client/workspace";
import type { Connection } from "@/lib/schemas/connection";
import { NewConnection } from "./new-connection";

/** Creates a connection, then opens its page, which verifies it. */
export function NewConnectionPage() {
  const project = useProject();
  const router = useAppRouter();
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
      <NewConnection projectId={project.id} onCreated={created}>
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
    </div>
  );
}
