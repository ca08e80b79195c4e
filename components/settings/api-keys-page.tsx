"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { EmptyState } from "@/components/ui/states";
import { apiKeysQuery } from "@/lib/client/people-queries";
import { meQuery } from "@/lib/client/queries";
import { useWorkspace } from "@/lib/client/workspace";
import type { Project } from "@/lib/schemas/project";
import { ApiKeyTable } from "./api-key-table";
import { Paged } from "./paged";
import { Section } from "./section";

const NewApiKeyDialog = dynamic(() => import("./new-api-key-dialog").then((it) => it.NewApiKeyDialog), {
  loading: () => null,
});

/** The API keys of one project: the current one, unless the URL names another. */
export function ApiKeysPage() {
  const { data: me } = useQuery(meQuery());
  const [wanted, setWanted] = useQueryState("project", parseAsString);
  const { projectId: current } = useWorkspace();
  if (!me) return null;
  const project = me.projects.find(({ id }) => id === (wanted ?? current)) ?? me.projects[0];
  if (!project)
    return (
      <EmptyState icon={<KeyRound aria-hidden />} title="No projects yet">
        An API key belongs to a project, and this organization has none.
      </EmptyState>
    );
  return <Keys key={project.id} project={project} projects={me.projects} onProject={setWanted} />;
}

interface KeysProps {
  project: Project;
  projects: readonly Project[];
  onProject: (id: string) => void;
}

function Keys({ project, projects, onProject }: KeysProps) {
  const keys = useInfiniteQuery(apiKeysQuery(project.id));
  const [making, setMaking] = useState(false);
  const make = () => setMaking(true);
  return (
    <Section
      title="API keys"
      description="For programs. A key works in one project, has no more access than its creator, and can’t manage members or settings."
      action={
        <div className="flex min-w-0 flex-wrap gap-2">
          {projects.length > 1 && (
            <Select
              aria-label="Project keys"
              className="w-48"
              options={projects.map(({ id, name }) => ({ value: id, label: name }))}
              value={project.id}
              onChange={onProject}
            />
          )}
          <Button variant="primary" onClick={make}>
            <Plus aria-hidden /> New API key
          </Button>
        </div>
      }
    >
      <Paged
        query={keys}
        what="API keys"
        empty={
          <EmptyState
            icon={<KeyRound aria-hidden />}
            title="No API keys yet"
            action={<Button onClick={make}>New API key</Button>}
          >
            With a key, a script can start runs, read receipts, and manage exports.
          </EmptyState>
        }
      >
        {(items) => <ApiKeyTable items={items} projectId={project.id} />}
      </Paged>
      {making && <NewApiKeyDialog project={project} onClose={() => setMaking(false)} />}
    </Section>
  );
}
