import type { Reach } from "@/lib/destinations/reading-types";
import { escapeRegex, folderOf, regexText } from "../glob";
import { pythonText } from "../quote";
import type { FieldType, FilesTool, SnippetField, TableFiles } from "../types";
import { lines } from "../wording";

function filesystem({ endpoint, region, forcePathStyle }: Reach): string {
  const url = endpoint === null ? null : new URL(endpoint);
  const options = [
    `region=${pythonText(region)}`,
    ...(url ? [`scheme=${pythonText(url.protocol.slice(0, -1))}`, `endpoint_override=${pythonText(url.host)}`] : []),
    ...(url && !forcePathStyle ? ["force_virtual_addressing=True"] : []),
  ];
  return `s3 = fs.S3FileSystem(${options.join(", ")})`;
}

function paths({ files, glob }: TableFiles, { bucket }: Reach): string {
  if (files)
    return `paths = [\n${lines(
      files.map(({ key }) => pythonText(`${bucket}/${key}`)),
      "    ",
    )}\n]`;
  const folder = `${bucket}/${folderOf(glob)}`.replace(/\/$/, "");
  return `pattern = re.compile(${pythonText(`${escapeRegex(bucket)}/${regexText(glob)}`)})
found = s3.get_file_info(fs.FileSelector(${pythonText(folder)}, recursive=True))
paths = [file.path for file in found if pattern.fullmatch(file.path)]`;
}

const CSV_TYPES: Record<FieldType, string> = {
  text: "pa.string()",
  json: "pa.string()",
  time: 'pa.timestamp("us", tz="UTC")',
  int64: "pa.int64()",
  uint64: "pa.uint64()",
  float: "pa.float64()",
  bool: "pa.bool_()",
  texts: "pa.string()",
  object: "pa.string()",
  entries: "pa.string()",
};

const csvTypes = (fields: readonly SnippetField[]): string =>
  `types = {\n${lines(
    fields.map(({ name, type }) => `${pythonText(name)}: ${CSV_TYPES[type]}`),
    "    ",
  )}\n}`;

const opened = ({ codec }: TableFiles) =>
  `s3.open_input_stream(path, compression=${codec === "none" ? "None" : pythonText(codec)})`;

const parquet = (table: TableFiles) => (table.codec === "none" ? dataset(table) : wrappedParquet(table));

/**
 * Parquet that is compressed as a whole is decompressed in memory, and read without threads: a thread of pyarrow that
 * lets go of a Python object while Python ends aborts the program (apache/arrow#34314, seen with version 26).
 */
const wrappedParquet = (table: TableFiles) => `def read(path):
    with ${opened(table)} as stream:
        return pq.ParquetFile(pa.BufferReader(stream.read())).read(use_threads=False)

table = pa.concat_tables(read(path) for path in paths)
print(table.num_rows)`;

const dataset = ({ pathColumns }: TableFiles) =>
  `table = ds.dataset(paths, filesystem=s3, format="parquet"${pathColumns.length > 0 ? ', partitioning="hive"' : ""}).to_table()
print(table.num_rows)`;

const csv = (table: TableFiles) => `${csvTypes(table.fields)}
options = {
    "read_options": csv.ReadOptions(block_size=64 * 1024 * 1024),
    "parse_options": csv.ParseOptions(newlines_in_values=True),
    "convert_options": csv.ConvertOptions(
        column_types=types, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
    ),
}
table = pa.concat_tables(csv.read_csv(${opened(table)}, **options) for path in paths)
print(table.num_rows)`;

const jsonl = (table: TableFiles) => `def read(path):
    with ${opened(table)} as stream:
        rows = io.BufferedReader(stream)
${table.hasFirstLine ? "        next(rows)  # the event's name\n" : ""}        for line in rows:
            yield json.loads(line)

print(sum(1 for path in paths for row in read(path)))`;

const xml = (table: TableFiles) => `def read(path):
    with ${opened(table)} as stream:
        for _, element in ElementTree.iterparse(stream):
            if element.tag == ${pythonText(table.record)}:
                yield element
                element.clear()

print(sum(1 for path in paths for row in read(path)))`;

const BODIES = { parquet, csv, jsonl, xml };

const IMPORTS: Record<TableFiles["format"], readonly string[]> = {
  parquet: ["import pyarrow.dataset as ds"],
  csv: ["import pyarrow as pa", "from pyarrow import csv"],
  jsonl: ["import io", "import json"],
  xml: ["from xml.etree import ElementTree"],
};

const WRAPPED = ["import pyarrow as pa", "import pyarrow.parquet as pq"];

/** Python with pyarrow, which has a client for S3. Credentials come from its default chain. */
export const pyarrow: FilesTool = {
  label: "Python (pyarrow)",
  language: "python",
  read(table, { reach }) {
    if (reach.requesterPays) return { cannot: "pyarrow can’t offer to pay for requests, which this bucket asks for." };
    const own = table.format === "parquet" && table.codec !== "none" ? WRAPPED : IMPORTS[table.format];
    const imports = [...(table.files ? [] : ["import re"]), ...own, "from pyarrow import fs"];
    const parts = [imports.join("\n"), `${filesystem(reach)}\n${paths(table, reach)}`, BODIES[table.format](table)];
    return { text: parts.join("\n\n") };
  },
};
