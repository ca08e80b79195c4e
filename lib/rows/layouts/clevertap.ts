import { clevertapShape } from "../shapes/clevertap";
import { folder, folderPattern } from "./base";
import { escapeEvent } from "./escape";
import { dateOf } from "./hours";
import { escapedEvent, like, literal, number, type Pattern, REQUEST } from "./pattern";
import type { EventName, KeyContext, KeyFacts, Layout } from "./types";

/** yyyyMMddHHmmss, in UTC. */
const stamp = (time: Date) => time.toISOString().replaceAll(/\D/g, "").slice(0, 14);

/** Replaces the event name in file names of profiles. */
const PROFILES = "profiles";

/** Dashes separate the fields of file names, so an event's are escaped. */
const PLAIN = "_.";
const nameOf = (event: EventName | null) => (event ? escapeEvent(event, PLAIN) : PROFILES);

const run = ({ requestId, runAt }: KeyContext) => `${requestId}-${stamp(runAt)}`;

const runPattern = (facts: KeyFacts): Pattern => [...folderPattern(facts), ...REQUEST, ...like("-20260329010203-")];

/** Line breaks in a name would make two first lines; ClickHouse's template would end at a NUL. */
const oneLine = (name: string) => name.replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\0", "\\0");

/** File names and formats of CleverTap's export to S3: files per event, 100 MB at most. */
export const clevertap: Layout = {
  label: "CleverTap",
  note: "CleverTap's file names and formats: files by event, up to 100 MB each.",
  models: ["events", "persons"],
  formats: ["jsonl", "csv", "xml", "parquet"],
  extensions: { jsonl: "json" },
  codec: "gzip",
  maxFileSizeMb: 100,
  fixedShape: true,
  keepsChain: false,
  readersDelete: true,
  split: (model) => ({ hours: false, events: model.eventColumn !== null, size: true }),
  shape: (model, choices, { format, fileSchema }) =>
    clevertapShape(model, choices, {
      form: format === "jsonl" ? "json" : format === "xml" ? "xml" : "table",
      fileSchema,
    }),
  firstLine: (format, name) => (format === "jsonl" ? `${oneLine(name ?? PROFILES)}\n` : ""),
  fileKey: (context, part) => {
    const day = dateOf(context.window.start).replaceAll("-", "");
    const name = `${run(context)}-${nameOf(part.event)}-${day}-${part.index + 1}-${context.databaseId}`;
    return `${folder(context)}${name}.${context.extension}`;
  },
  manifestKey: (context) => `${folder(context)}${run(context)}-manifest-${context.databaseId}.json`,
  namesRequest: true,
  traceOf(key) {
    const [, requestId] = /.*([a-z0-9]{16})-\d{14}-[^/]*$/.exec(key) ?? [];
    return requestId === undefined ? null : { requestId };
  },
  filePatterns: (facts) => [
    [
      ...runPattern(facts),
      // Includes "profiles".
      ...escapedEvent(PLAIN),
      ...like("-20260329-"),
      ...number("1"),
      ...literal(`-${facts.databaseId}.${facts.extension}`),
    ],
  ],
  manifestPattern: (facts) => [...runPattern(facts), ...literal(`manifest-${facts.databaseId}.json`)],
};
