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
    description: "Names, format, compression, size, and encryption. The example keys change as you type.",
    stays: "Files already in the bucket don’t change.",
  },
  tables: {
    title: "The table",
    description: "Where rows go in the warehouse, and what happens to those of an earlier run.",
    stays: "Rows already in the warehouse don’t change.",
  },
};

/** The heading of how an export writes, and what a change of it leaves as it is. */
export const settingWords = (type: DestinationType): SettingWords => WORDS[kindOf(type)];
