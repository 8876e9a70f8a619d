/** Bundles the front end into labext/static. `node build.mjs --watch` rebuilds on change. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = dirname(fileURLToPath(import.meta.url));
const staticFolder = join(root, "..", "static");

const entries = [
  { source: "src/graph/index.ts", output: "graph.js", format: "esm" },
  { source: "src/scalars/index.ts", output: "scalars.js", format: "esm" },
  { source: "src/training/index.ts", output: "training.js", format: "esm" },
  { source: "src/picture.ts", output: "picture.js", format: "iife", globalName: "pictures" },
  { source: "src/page.ts", output: "page.js", format: "iife", globalName: "labext" },
];

/** @returns {esbuild.BuildOptions} */
function optionsOf({ source, output, ...options }) {
  return {
    absWorkingDir: root,
    entryPoints: [source],
    outfile: join(staticFolder, output),
    bundle: true,
    minify: true,
    ...options,
    target: "es2022",
    charset: "utf8",
    legalComments: "inline",
    loader: { ".css": "text" },
    logLevel: "warning",
  };
}

const present = entries.filter(({ source }) => existsSync(join(root, source)));
if (process.argv.includes("--watch")) {
  for (const entry of present) await (await esbuild.context(optionsOf(entry))).watch();
} else {
  await Promise.all(present.map((entry) => esbuild.build(optionsOf(entry))));
}
