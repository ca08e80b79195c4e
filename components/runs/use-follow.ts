import { useEffect, useRef, useState } from "react";

/** Distance in pixels that still counts as at the end. */
const NEAR = 24;

/** Keeps a growing frame at its end while `follow`, unless the user scrolls away. `mark` changes with each growth. */
export function useFollow(follow: boolean, mark: number) {
  const frame = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const toEnd = () => frame.current?.scrollTo({ top: frame.current.scrollHeight });
  const onScroll = () => {
    const { scrollTop, clientHeight, scrollHeight } = frame.current!;
    setAtEnd(scrollHeight - scrollTop - clientHeight <= NEAR);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `mark` signals new content; `atEnd` must not scroll back
  useEffect(() => {
    if (follow && atEnd) frame.current?.scrollTo({ top: frame.current.scrollHeight });
  }, [follow, mark]);
  return { frame, atEnd, onScroll, toEnd };
}
