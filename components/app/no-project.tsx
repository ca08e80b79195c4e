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
      icon={<FolderPlus aria-hidden />}
      title={`${me.organization.name} has no project yet`}
      action={<ButtonLink href="/settings/members">See who else is here</ButtonLink>}
    >
      A project opens a part of the source’s data, so only those who run this Penstock can make one. Ask them to make a
      project for “{me.organization.name}”, and tell them which project of the source it is for.
    </EmptyState>
  );
}

function FirstProject({ organization }: { organization: string }) {
  return (
    <section className="mx-auto max-w-lg rounded-xl border border-border bg-surface p-5 shadow-raised">
      <h1 className="break-words font-semibold text-lg">Make the first project of {organization}</h1>
      <p className="mt-1 mb-4 text-muted">
        A project is one <code className="font-mono text-xs">project_id</code> of the source. Everybody in the
        organization will be able to read its data.
      </p>
      <ProjectForm />
    </section>
  );
}
