"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Building2, FolderPlus, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { ProjectForm } from "@/components/app/project-form";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/states";
import { ask } from "@/lib/client/api";
import { meQuery } from "@/lib/client/queries";
import { toast } from "@/lib/client/toast";
import { useMay } from "@/lib/client/use-may";
import { useSwitchWorkspace } from "@/lib/client/workspace";
import type { Me } from "@/lib/schemas/me";
import type { Project } from "@/lib/schemas/project";
import { NameDialog } from "./name-dialog";
import { ProjectTable } from "./project-table";
import { Section } from "./section";

const NewSaltDialog = dynamic(() => import("./new-salt-dialog").then((it) => it.NewSaltDialog), {
  loading: () => null,
});

/** The organization's projects. Operators create new projects and organizations here. */
export function ProjectsPage() {
  const { data: me } = useQuery(meQuery());
  return me ? <Loaded me={me} /> : null;
}

function Loaded({ me }: { me: Me }) {
  const [making, setMaking] = useState(false);
  const [renaming, setRenaming] = useState<Project | null>(null);
  const [salting, setSalting] = useState<Project | null>(null);
  const mayCreate = useMay("projects.create");
  return (
    <>
      <Section
        title="Projects"
        description="Each is one project of the source. Exports and API keys belong to a project."
        action={
          mayCreate && (
            <Button variant="primary" onClick={() => setMaking(true)}>
              <Plus aria-hidden /> New project
            </Button>
          )
        }
      >
        {me.projects.length > 0 ? (
          <ProjectTable me={me} onRename={setRenaming} onNewSalt={setSalting} />
        ) : (
          <EmptyState icon={<FolderPlus aria-hidden />} title="No projects yet">
            Only operators of this installation can create one, because a project gives access to part of the source’s
            data.
          </EmptyState>
        )}
      </Section>
      <Organizations />
      {making && (
        <Dialog
          open
          onOpenChange={setMaking}
          title={`New project in ${me.organization.name}`}
          description="Everyone in the organization can read its data."
        >
          <DialogBody>
            <ProjectForm onCreated={() => setMaking(false)} />
          </DialogBody>
        </Dialog>
      )}
      {salting && <NewSaltDialog project={salting} onClose={() => setSalting(null)} />}
      {renaming && <RenameDialog project={renaming} onClose={() => setRenaming(null)} />}
    </>
  );
}

function RenameDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const queries = useQueryClient();
  const renamed = async () => {
    await queries.invalidateQueries(meQuery());
    onClose();
  };
  return (
    <NameDialog
      title={`Rename ${project.name}`}
      label="Project name"
      name={project.name}
      submitLabel="Rename"
      save={(name) => ask("patchProject", { params: { projectId: project.id }, body: { name } })}
      onSaved={renamed}
      onClose={onClose}
    />
  );
}

/** Only for operators; everyone else is invited to an organization. */
function Organizations() {
  const mayCreate = useMay("organizations.create");
  const [making, setMaking] = useState(false);
  const { open } = useSwitchWorkspace();
  if (!mayCreate) return null;
  return (
    <Section
      title="Another organization"
      description="A separate tenant with its own members, connections, buckets, and exports. You become its owner and can invite others."
      action={
        <Button onClick={() => setMaking(true)}>
          <Building2 aria-hidden /> New organization
        </Button>
      }
    >
      {making && (
        <NameDialog
          title="New organization"
          description="You switch to it right away. Use the switcher to go back."
          label="Organization name"
          name=""
          submitLabel="Create organization"
          save={(name) => ask("createOrganization", { body: { name } })}
          onSaved={({ id, name }) => {
            toast.success(`Organization “${name}” created`);
            open({ organizationId: id, projectId: null });
          }}
          onClose={() => setMaking(false)}
        />
      )}
    </Section>
  );
}
