import type { Sample } from "./memory";

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [860, 420, 56, 150, 44, 40];
const COLORS = ["#4f46e5", "#0891b2", "#65a30d", "#d97706", "#db2777", "#525252"];
const STEP_MB = 100;

/** Draws the memory of each process over time as an SVG for light and dark pages. */
export function chartOf(title: string, samples: readonly Sample[]): string {
  const names = Object.keys(samples[0]?.mb ?? {});
  const most = Math.max(STEP_MB, ...samples.flatMap(({ mb }) => Object.values(mb)));
  const top = Math.ceil(most / STEP_MB) * STEP_MB;
  const end = Math.max(1, samples.at(-1)?.at ?? 1);
  const x = (at: number) => LEFT + (at / end) * (WIDTH - LEFT - RIGHT);
  const y = (mb: number) => HEIGHT - BOTTOM - (mb / top) * (HEIGHT - TOP - BOTTOM);
  const grid = Array.from({ length: top / STEP_MB + 1 }, (_, index) => index * STEP_MB).map(
    (mb) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(mb)}" y2="${y(mb)}" stroke="#a3a3a3" stroke-opacity="0.4"/>` +
      text(LEFT - 8, y(mb) + 4, String(mb), "end"),
  );
  const times = [0, 0.25, 0.5, 0.75, 1].map((part) =>
    text(x(part * end), HEIGHT - BOTTOM + 20, `${Math.round((part * end) / 60)} min`, "middle"),
  );
  const lines = names.map((name, index) => {
    const points = samples.map(({ at, mb }) => `${x(at).toFixed(1)},${y(mb[name] ?? 0).toFixed(1)}`).join(" ");
    return `<polyline points="${points}" fill="none" stroke="${COLORS[index % COLORS.length]}" stroke-width="1.5"/>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<title>${title}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${LEFT}" y="24" font-size="14" fill="#171717">${title}</text>`,
    ...grid,
    ...times,
    ...lines,
    ...labels(names, samples.at(-1), y),
    "</svg>\n",
  ].join("\n");
}

const text = (x: number, y: number, words: string, anchor: string, color = "#525252") =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${color}">${words}</text>`;

/** Each line's name at its end, moved down where two would overlap. */
function labels(names: readonly string[], last: Sample | undefined, y: (mb: number) => number): string[] {
  const placed = names
    .map((name, index) => ({ name, color: COLORS[index % COLORS.length], mb: last?.mb[name] ?? 0 }))
    .toSorted((a, b) => b.mb - a.mb);
  let above = 0;
  return placed.map(({ name, color, mb }) => {
    above = Math.max(above + 15, y(mb) + 4);
    return text(WIDTH - RIGHT + 8, above, `${name} ${mb} MB`, "start", color);
  });
}
