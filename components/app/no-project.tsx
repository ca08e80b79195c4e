"use client";

import { FolderPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";
import type { Me } from "@/lib/schemas/me";

const ProjectForm = dynamic(() => import("./project-form").then((it) => it.ProjectForm));

/** Replaces the pages of an organization without a project, and leads to creating one. */
export function NoProject({ me }: { me: Me }) {
  if (me.operator) return <FirstProject organization={me.organization.name} />;
  return (
    <EmptyState
      page
      icon={<FolderPlus aria-hidden />}
      title={`${me.organization.name} has no projects yet`}
      action={<ButtonLink href="/settings/members">View members</ButtonLink>}
    >
      A project gives access to part of the source’s data, so only operators of this installation can create one. Ask
      them to create a project for “{me.organization.name}”, and tell them which project of the source to use.
    </EmptyState>
  );
}

function FirstProject({ organization }: { organization: string }) {
  return (
    <section className="mx-auto max-w-lg rounded-xl border border-border bg-surface p-5 shadow-raised">
      <h1 className="break-words font-semibold text-lg">Create the first project in {organization}</h1>
      <p className="mt-1 mb-4 text-muted">
        A project is one <code className="font-mono text-xs">project_id</code> of the source. Everyone in the
        organization can read its data.
      </p>
      <ProjectForm />
    </section>
  );
}
