/*
 * Copies the front-end files the site serves from node_modules to static/vendor.
 *
 *   cd scripts/frontend && npm ci --ignore-scripts && npm run vendor
 *
 * The result is committed, so neither running nor testing the site needs Node. Every package goes
 * to its own folder with its version in the name: a page cached with the old file keeps working
 * and an upgrade shows in the diff. Run twice, it writes the same bytes.
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const vendorRoot = join(here, "..", "..", "static", "vendor");

const packages = [
  {
    name: "bootstrap",
    use: "style sheet of the pages; none of its scripts",
    files: { "dist/css/bootstrap.min.css": "bootstrap.min.css" },
  },
  {
    name: "htmx.org",
    use: "live parts of the pages; each works as a plain link or form without it",
    files: { "dist/htmx.min.js": "htmx.min.js" },
  },
  {
    name: "bootstrap-icons",
    use: "the icons listed in icons.json, joined into one sprite",
    sprite: { from: "icons", list: "icons.json", to: "icons.svg" },
  },
];

/** One symbol per icon: the drawing of the package's own file without its outer svg element. */
async function buildSprite(packageDir, { from, list }) {
  const names = JSON.parse(await readFile(join(here, list), "utf8"));
  const symbols = await Promise.all(
    names.map(async (name) => {
      const svg = await readFile(join(packageDir, from, `${name}.svg`), "utf8");
      const [, drawing] = svg.match(/<svg[^>]*>([\s\S]*)<\/svg>/);
      const paths = drawing.replace(/\s*\n\s*/g, "");
      return `<symbol id="${name}" viewBox="0 0 16 16">${paths}</symbol>`;
    }),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
}

/** The source maps are not shipped, so a browser must not be told to ask for them. */
function withoutSourceMap(text) {
  return text
    .replace(/\/\*# sourceMappingURL=.*?\*\/\s*/g, "")
    .replace(/\/\/# sourceMappingURL=.*\s*/g, "")
    .trimEnd()
    .concat("\n");
}

async function vendorPackage({ name, use, files = {}, sprite }) {
  const packageDir = join(here, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(packageDir, "package.json"), "utf8"));
  const folder = `${name}-${version}`;
  const target = join(vendorRoot, folder);
  await mkdir(target, { recursive: true });

  for (const [source, destination] of Object.entries(files)) {
    const text = await readFile(join(packageDir, source), "utf8");
    await writeFile(join(target, destination), withoutSourceMap(text));
  }
  if (sprite) await writeFile(join(target, sprite.to), await buildSprite(packageDir, sprite));

  const licence = await readFile(join(packageDir, "LICENSE"), "utf8");
  await writeFile(join(target, "LICENSE"), licence);

  return `| ${name} | ${version} | ${license} | [LICENSE](${folder}/LICENSE) | ${use} |`;
}

await rm(vendorRoot, { recursive: true, force: true });
const rows = [];
for (const entry of packages) rows.push(await vendorPackage(entry));

await writeFile(
  join(vendorRoot, "THIRD-PARTY.md"),
  [
    "# Third-party files served to the browser",
    "",
    "Written by `scripts/frontend/vendor_frontend.mjs`; edit that, not this.",
    "",
    "| Package | Version | Licence | Text | Use |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n"),
);
