// Prints the results of the files that are named, with their first case and its texts turned into attacks on a page.
import { readFileSync } from 'node:fs';

const evil = '"\'></script></pre><script>globalThis.hacked = 1</script><img src=x onerror="hacked = 1">]]>';
const files = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const [all] = files;
all.results = files.flatMap((file) => file.results);
const name = all.results[0].case.name;

for (const result of all.results.filter((each) => each.case.name === name)) {
  result.case.name = `counters.${evil}`;
  result.name = `${result.case.name}.${result.variant}`;
  for (const key of ['lesson', 'exercise', 'source']) result.case[key] = evil;
  for (const key of ['definition', 'seen', 'log', 'subject', 'reproduce']) result[key] = evil;
  for (const outcome of result.outcomes) outcome.outcome = evil;
  for (const report of result.reports) report.what = evil;
  for (const object of Object.keys(result.schedule?.names ?? {})) result.schedule.names[object] = evil;
}
console.log(JSON.stringify(all));
