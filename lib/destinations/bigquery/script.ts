import type { BigqueryConfig } from "./schema";

type DatasetRef = Pick<BigqueryConfig, "projectId" | "dataset" | "location">;

/** Placeholder for a service account whose address is unknown. */
const ACCOUNT = "<service-account>";

/** Lets the service account run queries and loads in the project; grants no table. */
export const projectGrant = ({ projectId }: Pick<DatasetRef, "projectId">, email = ACCOUNT): string =>
  `gcloud projects add-iam-policy-binding ${projectId} --member="serviceAccount:${email}" --role=roles/bigquery.jobUser --condition=None`;

/** A BigQuery statement that lets the service account create, fill, and change tables of one dataset. */
export const datasetGrant = (place: Pick<DatasetRef, "projectId" | "dataset">, email = ACCOUNT): string =>
  `GRANT \`roles/bigquery.dataEditor\` ON SCHEMA \`${place.projectId}.${place.dataset}\` TO "serviceAccount:${email}";`;

/** Commands for a project owner: a service account that may run jobs and change one dataset. */
export function bigqueryScript(config: BigqueryConfig): string {
  const { projectId, dataset, location } = config;
  // The domain of a project comes last here: penstock@my-project.example.com.iam.gserviceaccount.com.
  const email = `penstock@${projectId.split(":").reverse().join(".")}.iam.gserviceaccount.com`;
  return [
    `gcloud services enable bigquery.googleapis.com --project ${projectId}`,
    `gcloud iam service-accounts create penstock --display-name=Penstock --project ${projectId}`,
    projectGrant(config, email),
    `bq --location=${location} --project_id=${projectId} mk --force --dataset ${projectId}:${dataset}`,
    `bq --location=${location} --project_id=${projectId} query --use_legacy_sql=false '${datasetGrant(config, email)}'`,
    "# The file to enter in the connection; delete it afterwards:",
    `gcloud iam service-accounts keys create penstock-key.json --iam-account=${email}`,
  ].join("\n");
}
