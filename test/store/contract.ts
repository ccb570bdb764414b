import { describe } from 'vitest';
import { backlogContract } from './backlog-contract.ts';
import { cardContract } from './card-contract.ts';
import { commitContract } from './commit-contract.ts';
import { evidenceContract } from './evidence-contract.ts';
import { figureContract } from './figure-contract.ts';
import { listContract } from './list-contract.ts';
import { messageContract } from './message-contract.ts';
import { publicationContract } from './publication-contract.ts';
import { randomContract } from './random-contract.ts';
import { recordContract } from './record-contract.ts';
import { replayContract } from './replay-contract.ts';
import type { Fresh } from './sample.ts';
import { signalContract } from './signal-contract.ts';
import { soughtContract } from './sought-contract.ts';
import { timerContract } from './timer-contract.ts';
import { workContract } from './work-contract.ts';

/** What every database must do, word for word the same. */
export function storeContract(database: string, fresh: Fresh): void {
  describe(`store on ${database}`, () => {
    backlogContract(fresh);
    cardContract(fresh);
    commitContract(fresh);
    publicationContract(fresh);
    randomContract(fresh);
    evidenceContract(fresh);
    figureContract(fresh);
    listContract(fresh);
    messageContract(fresh);
    recordContract(fresh);
    replayContract(fresh);
    signalContract(fresh);
    soughtContract(fresh);
    timerContract(fresh);
    workContract(fresh);
  });
}
