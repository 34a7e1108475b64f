// Makes ../page/client.cpp of the modules and the style sheet in client/. `node bundle.js --check` writes nothing and
// fails if the file is not what they make.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const here = new URL('.', import.meta.url).pathname;
const target = `${here}client.cpp`;

async function bundled(entry) {
  const { outputFiles } = await build({
    entryPoints: [`${here}client/${entry}`],
    absWorkingDir: here,
    bundle: true,
    minify: true,
    lineLimit: 120,
    format: 'iife',
    target: ['chrome123', 'firefox120', 'safari17.5'],
    charset: 'utf8',
    legalComments: 'none',
    write: false,
  });
  return outputFiles[0].text;
}

const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const script = await bundled('main.js');
const style = await bundled('style.css');
const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`;
for (const text of [script, style])
  if (/<\/(script|style)|<!--|\)page"/i.test(text)) throw new Error('the bundle holds what would end it in a page or in C++');

const literal = (name, text) => `const std::string_view ${name} = R"page(${text})page";\n`;
const made = `// Made of client/ by bundle.js: change that, and run scripts/bundle-page.
// clang-format off
#include "client.hpp"

namespace racepair::report::page {

${literal('script', script)}
${literal('style', style)}
${literal('policy', policy)}
}  // namespace racepair::report::page
`;

if (!process.argv.includes('--check')) {
  writeFileSync(target, made);
} else if (readFileSync(target, 'utf8') !== made) {
  console.error('client.cpp is not what client/ makes. Next: scripts/bundle-page, and commit harness/report/page/client.cpp');
  process.exit(1);
}
