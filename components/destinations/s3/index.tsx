import dynamic from "next/dynamic";
import type { S3Config } from "@/lib/destinations/s3/schema";
import type { DestinationParts } from "../parts";
import { cleanedS3, emptyS3, labelOf, type S3Form, s3AsForm } from "./form";

const BucketFields = dynamic(() => import("./bucket-fields").then((it) => it.BucketFields));
const EncryptionFields = dynamic(() => import("./encryption-fields").then((it) => it.EncryptionFields));
const PolicyPanel = dynamic(() => import("./policy-panel").then((it) => it.PolicyPanel), { loading: () => null });

/** S3 needs custom parts: declared fields can't express providers, policies, and encryption. */
export const s3: DestinationParts<"s3"> = {
  emptyForm: emptyS3,
  storedForm: ({ config }) => s3AsForm(config),
  cleanedForm: (_, values) => cleanedS3(values as S3Form["config"]),
  labelOf: (_, name) => labelOf(name),
  ConnectionFields: BucketFields,
  Setup: ({ config }) => <PolicyPanel config={config as S3Config} />,
  setupConfig: (_, values) => values,
  SettingFields: () => <EncryptionFields />,
};
