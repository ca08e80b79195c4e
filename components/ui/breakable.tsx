import { Fragment } from "react";

/** A long name without spaces, such as a URL. Wraps after punctuation first, and within a word only if necessary. */
export function Breakable({ text }: { text: string }) {
  return text.split(/(?<=[@./:_-])(?!\/)/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
