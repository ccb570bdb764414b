import { createClient } from './client.ts';
import type { Cli } from './command.ts';
import { type EventLine, readEventFile } from './event-file.ts';
import { exitCodes } from './exit.ts';

/** Events of one bulk; a dry run takes as many as a bulk may have, since it sees no further than its bulk. */
const PER_BULK = 200;
const PER_DRY_RUN = 1_000;

/** Sends a file of events in bulks; prints a line for each that was refused. Exit code 1 when any was. */
export async function sendFile(cli: Cli, path: string, dryRun: boolean): Promise<number> {
  const lines = readEventFile(path);
  const client = createClient(cli);
  const most = dryRun ? PER_DRY_RUN : PER_BULK;
  let accepted = 0;
  for (let from = 0; from < lines.length; from += most) {
    const part = lines.slice(from, from + most);
    const { results } = await client.bulk(
      part.map(({ item }) => item),
      dryRun,
    );
    for (const [i, { problem }] of results.entries()) {
      if (problem === undefined) accepted += 1;
      else cli.print(refusalLine(cli, path, part[i], problem));
    }
  }
  const refused = lines.length - accepted;
  cli.remark({
    zh: `${dryRun ? '试运行（未写入）：' : ''}接受 ${accepted} 个事件，拒绝 ${refused} 个`,
    en: `${dryRun ? 'dry run, nothing written: ' : ''}${accepted} accepted, ${refused} refused`,
  });
  if (dryRun && lines.length > PER_DRY_RUN) {
    cli.remark({
      zh: `每 ${PER_DRY_RUN} 个事件单独试运行，前面的事件对后面的影响未计入`,
      en: `each ${PER_DRY_RUN} events were rehearsed by themselves, as if those before had not happened`,
    });
  }
  return refused === 0 ? exitCodes.ok : exitCodes.refused;
}

interface Problem {
  readonly code: string;
  readonly detail: string;
}

function refusalLine({ paint }: Cli, path: string, sent: EventLine | undefined, { code, detail }: Problem): string {
  return `${paint.red('✗')} ${path}:${sent?.line ?? '?'}  ${String(sent?.item.instance)}  ${code}: ${detail}`;
}
