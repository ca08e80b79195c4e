import { type DestinationType, kindOf } from "@/lib/destinations/outlines";

interface SettingWords {
  title: string;
  description: string;
  /** How a change affects existing data. */
  stays: string;
}

const WORDS: Record<"files" | "tables", SettingWords> = {
  files: {
    title: "What the files look like",
    description: "Names, format, compression, size and encryption. The example keys change as you type.",
    stays: "Files that already lie in the bucket stay as they are.",
  },
  tables: {
    title: "The table",
    description: "Where rows go in the warehouse, and what becomes of those of an earlier run.",
    stays: "Rows that are already in the warehouse stay as they are.",
  },
};

/** The heading of how an export writes, and what a change of it leaves as it is. */
export const settingWords = (type: DestinationType): SettingWords => WORDS[kindOf(type)];
