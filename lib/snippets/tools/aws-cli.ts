import type { Reach } from "@/lib/destinations/reading-types";
import { folderOf, QUESTION_MARKS, writeGlob } from "../glob";
import { shellWord } from "../quote";
import type { FilesTool } from "../types";

/** Options that every command needs. */
const optionsOf = ({ endpoint, region, requesterPays }: Reach): string[] => [
  ...["--region", region],
  ...(endpoint === null ? [] : ["--endpoint-url", endpoint]),
  ...(requesterPays ? ["--request-payer", "requester"] : []),
];

const command = (words: readonly string[]): string => `aws s3 cp ${words.map(shellWord).join(" ")}`;

/** The AWS CLI guesses addressing from the endpoint; only its configuration can say it. */
const pathStyle = ({ endpoint, forcePathStyle }: Reach): string[] =>
  endpoint !== null && forcePathStyle ? ["aws configure set default.s3.addressing_style path"] : [];

/** Downloads files below the current folder, each at its own key. */
export const awsCli: FilesTool = {
  label: "AWS CLI",
  language: "shell",
  read({ files, glob }, { reach }) {
    const options = optionsOf(reach);
    if (files) {
      const copies = files.map(({ key }) => command([`s3://${reach.bucket}/${key}`, `./${key}`, ...options]));
      return { text: [...pathStyle(reach), ...copies].join("\n") };
    }
    // The folder is a part of the patterns, and nothing escapes characters in it.
    const folder = folderOf(glob).replace(/[^/]*[*?[\]].*$/, "");
    const include = writeGlob(glob, QUESTION_MARKS).slice(folder.length);
    const words = [`s3://${reach.bucket}/${folder}`, `./${folder}`, "--recursive"];
    return {
      text: [...pathStyle(reach), command([...words, "--exclude", "*", "--include", include, ...options])].join("\n"),
    };
  },
};
