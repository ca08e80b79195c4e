import { expect, it } from "vitest";
import { readEvents } from "./read-events";

const bodyOf = (chunks: Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });

const TEXT =
  'retry: 5000\n\nevent: progress\ndata: {"key":"ä"}\n\n: still here\n\nevent: end\ndata: 1\ndata: 2\n\ncut off';
const EVENTS = [
  { name: "progress", data: '{"key":"ä"}' },
  { name: "end", data: "1\n2" },
];

it.each([1, 2, 7, 1000])("reads events that come in pieces of %i bytes", async (size) => {
  const bytes = new TextEncoder().encode(TEXT);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.slice(at * size, (at + 1) * size),
  );
  expect(await Array.fromAsync(readEvents(bodyOf(chunks)))).toEqual(EVENTS);
});

it("closes the connection once it has had enough", async () => {
  let isClosed = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode("data: 1\n\n")),
    cancel: () => {
      isClosed = true;
    },
  });
  for await (const event of readEvents(body)) {
    expect(event).toEqual({ name: "message", data: "1" });
    break;
  }
  expect(isClosed).toBe(true);
});
