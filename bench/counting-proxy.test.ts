import { expect, it } from "vitest";
import { httpRequests, statements } from "./counting-proxy";

const message = (type: string, body: string) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, Buffer.from(body)]);
};

it("finds the statements in what a PostgreSQL client sends, however it is cut", () => {
  const sent = Buffer.concat([
    message("", "\0\x03\0\0user\0penstock\0\0"),
    message("P", "\0select 1\0\0\0"),
    message("B", "\0\0\0\0\0\0\0\0"),
    message("E", "\0\0\0\0\0"),
    message("S", ""),
    message("Q", "begin\0"),
  ]);
  for (const step of [1, 3, 1000]) {
    const read = statements();
    const found = [];
    for (let at = 0; at < sent.length; at += step) found.push(...read(sent.subarray(at, at + step)));
    expect(found).toEqual(["select 1", "begin"]);
  }
});

it("finds HTTP requests, and none in a body", () => {
  const read = httpRequests();
  expect(read(Buffer.from("PUT /bucket/key?x=1 HTTP/1.1\r\nhost: a\r\n\r\nPUT it there\r\n"))).toEqual([
    "PUT /bucket/key?x=1 ",
  ]);
});
