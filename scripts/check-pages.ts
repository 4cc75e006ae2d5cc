// Looks over the built site: what its pages weigh, where they lead, and that they load nothing from elsewhere.
import { pages } from './pages/built-site.ts';
import { brokenLinks } from './pages/links.ts';
import { foreignLoads, foreignLoadsInCode } from './pages/origins.ts';
import { tooHeavy, weightOf } from './pages/weight.ts';

const all = pages();
const problems = [
  ...all.flatMap((page) => [...tooHeavy(page), ...brokenLinks(page), ...foreignLoads(page)]),
  ...foreignLoadsInCode(),
];

for (const problem of problems) console.error(`✗ ${problem}`);
if (all.length === 0) console.error('✗ There is no page in dist/: npm run build');

const weights = all.map(weightOf);
const heaviest = {
  script: Math.max(...weights.map((w) => w.script)),
  style: Math.max(...weights.map((w) => w.style)),
};
console.log(
  `${all.length} pages, at most ${heaviest.script} bytes of script and ${heaviest.style} of style (gzip) before a touch.`,
);
process.exitCode = problems.length > 0 || all.length === 0 ? 1 : 0;
