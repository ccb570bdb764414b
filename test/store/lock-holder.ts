import { openStore } from '../../src/store/index.ts';

/** A second server, as a process: opens the file named on its command line, says so, and keeps it. */
const [, , file = ''] = process.argv;
const store = await openStore({ url: file });
await store.migrate();
process.stdout.write('open\n');
setInterval(() => {}, 60_000);
