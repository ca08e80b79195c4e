import { expect, it } from "vitest";
import { serverConfig, usersConfig } from "./config";

const accounts = {
  owner: { username: "penstock", password: "secret of the owner" },
  reader: { username: "penstock_reader", password: "secret of the reader" },
};

it("never holds a password, only its hash", () => {
  const file = usersConfig(accounts);
  expect(file).not.toContain("secret of");
  expect(file.match(/<password_sha256_hex>[0-9a-f]{64}</g)).toHaveLength(2);
});

it("grants Penstock's user the three tables and nothing else", () => {
  const [, reader] = usersConfig(accounts).split("<penstock_reader>");
  expect(reader?.match(/<query>.*?<\/query>/g)).toEqual([
    "<query>GRANT SELECT ON default.events</query>",
    "<query>GRANT SELECT ON default.persons</query>",
    "<query>GRANT SELECT ON default.merged_ids</query>",
  ]);
});

it("listens on the loopback only, whatever is in a path", () => {
  const file = serverConfig({ port: 8124, dataDir: "/home/a & b/<data>", usersFile: "/users.xml" });
  expect(file).toContain("<listen_host>127.0.0.1</listen_host><http_port>8124</http_port>");
  expect(file).toContain("<path>/home/a &amp; b/&lt;data&gt;</path>");
});
