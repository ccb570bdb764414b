import { readFileSync, writeFileSync } from 'node:fs';
import { makeGuide } from './guide/index.ts';

// Run by `npm run check` and `npm run build`: the console imports nothing of the rest, so what its editor knows of process
// files is written out for it.

const types = readFileSync(new URL('guide/types.ts', import.meta.url), 'utf8');
const text = `// Made of the language by \`npm run types\`.\n${types}\nexport const guide: Guide = ${JSON.stringify(makeGuide())};\n`;
writeFileSync(new URL('console/guide.ts', import.meta.url), text);
