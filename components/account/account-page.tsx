"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { PageHeader } from "@/components/app/page-header";
import { NameForm } from "@/components/settings/name-form";
import { Card } from "@/components/ui/card";
import { ask } from "@/lib/client/api";
import { refresh } from "@/lib/client/asking";
import { meQuery } from "@/lib/client/queries";
import { toast } from "@/lib/client/toast";
import { PasswordForm } from "./password-form";
import { Sessions } from "./sessions";

/** The user's own name, password, and sessions. */
export function AccountPage() {
  const { data: me } = useQuery(meQuery());
  const queries = useQueryClient();
  if (!me) return null;
  return (
    <>
      <PageHeader title="Your account" description={<p className="break-words">{me.user.email}</p>} />
      <div className="flex max-w-3xl flex-col gap-5">
        <Card title="Name" description="How others see you in Penstock.">
          <NameForm
            label="Your name"
            name={me.user.name}
            submitLabel="Save"
            autoComplete="name"
            save={(name) => ask("patchMe", { body: { name } })}
            onSaved={(saved) => {
              queries.setQueryData(meQuery().queryKey, saved);
              void refresh(queries, ["listMembers"]);
              toast.success("Name saved");
            }}
          />
        </Card>
        <PasswordForm />
        <Sessions />
      </div>
    </>
  );
}
