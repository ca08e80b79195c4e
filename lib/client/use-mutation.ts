import {
  hashKey,
  type UseMutationOptions,
  type UseMutationResult,
  useMutation as useBase,
} from "@tanstack/react-query";
import { useCallback, useRef } from "react";

/**
 * `useMutation` of TanStack Query whose `mutate` ignores a request that is already under way: a busy browser delivers
 * both clicks of a double-click before the button can be disabled.
 */
export function useMutation<Data = unknown, Failure = Error, Variables = void, Context = unknown>(
  options: UseMutationOptions<Data, Failure, Variables, Context>,
): UseMutationResult<Data, Failure, Variables, Context> {
  const underWay = useRef(new Set<string>());
  const mutation = useBase<Data, Failure, Variables, Context>({
    ...options,
    onSettled: (...given) => {
      underWay.current.delete(hashKey([given[2]]));
      return options.onSettled?.(...given);
    },
  });
  const { mutate: send } = mutation;
  const mutate = useCallback<typeof send>(
    (...given) => {
      const asked = hashKey([given[0]]);
      if (underWay.current.has(asked)) return;
      underWay.current.add(asked);
      send(...given);
    },
    [send],
  );
  return { ...mutation, mutate };
}
