import type { CompiledApproval, CompiledProcess } from '../compile/types.ts';
import type { ErrorCode, InputProblem } from '../errors.ts';
import type { Json } from '../json.ts';
import { suggest } from '../suggest.ts';
import type { Text } from '../text.ts';
import { approvalCodes } from './approval-criteria.ts';
import { whoText } from './approval-reason.ts';
import type { Context } from './context.ts';
import { commandMembers, entryHead } from './entry.ts';
import { possibleActions } from './explain.ts';
import { smallestMissing } from './missing.ts';
import type { Command, EntryDraft, Environment, Instance, Reason, Refusal } from './types.ts';
import { brief } from './values.ts';

/** Input problems kept of one command; the rest are as wrong, but a record must be bounded. */
const MOST_PROBLEMS = 50;

interface Told {
  readonly code: ErrorCode;
  readonly detail: Text;
  readonly type: string;
  readonly at: string;
  readonly members: Readonly<Record<string, Json>>;
  readonly reasons: Reason | null;
  readonly problems: readonly InputProblem[];
}

/** The tree says no. `asked`: the approvals that are requested now, since they alone were missing. */
export function refuse(
  context: Context,
  command: Command,
  environment: Environment,
  at: string,
  tree: Reason,
  members: Readonly<Record<string, Json>>,
  asked: readonly CompiledApproval[] = [],
): Refusal {
  return recorded(context, command, environment, {
    type: command.type,
    at,
    ...refusalDetail(tree, asked),
    members,
    reasons: tree,
    problems: [],
  });
}

/** The input is wrong. Its values may be anything, so that the history keeps only where and what was wrong. */
export function refuseInput(
  context: Context,
  command: Command,
  environment: Environment,
  at: string,
  problems: readonly InputProblem[],
): Refusal {
  const kept = problems.slice(0, MOST_PROBLEMS);
  const count = problems.length;
  // The others are in `errors`.
  const told = kept.slice(0, 5);
  return recorded(context, command, environment, {
    code: 'invalid-input',
    detail: {
      zh: `输入有 ${count} 处错误：${told.map(({ message }) => message.zh).join('；')}`,
      en: `${count} ${count === 1 ? 'thing is' : 'things are'} wrong with the input: ${told.map(({ message }) => message.en).join('; ')}`,
    },
    type: command.type,
    at,
    members: { wrong: kept.map((problem) => problem.pointer) },
    reasons: null,
    problems: kept,
  });
}

/** There is no such command, or its name belongs to the state machine. */
export function refuseType(
  context: Context,
  command: Command,
  environment: Environment,
  known: readonly string[],
): Refusal {
  const found = brief(command.type);
  const list = known.join(', ');
  const near = suggest(command.type, known);
  const detail = command.type.startsWith('xstate.')
    ? {
        zh: `以 xstate. 开头的名称由状态机内部使用，不接受外部事件；收到 ${found}。可用：${list}`,
        en: `names that begin with xstate. belong to the state machine and are not taken from outside; found ${found}. Known are ${list}`,
      }
    : {
        zh: `type 应为 ${list} 之一${near ? `，是否指 ${near}？` : ''}；收到 ${found}`,
        en: `type should be one of ${list}${near ? `, did you mean ${near}?` : ''}; found ${found}`,
      };
  return recorded(context, command, environment, {
    code: 'unknown-event',
    detail,
    type: command.type.slice(0, 80),
    at: environment.now,
    members: {},
    reasons: null,
    problems: [{ pointer: '/type', message: detail }],
  });
}

/** What a tree that does not hold is answered with: a role first, then the state, then the gate. */
export function refusalDetail(
  tree: Reason,
  asked: readonly CompiledApproval[] = [],
): { readonly code: ErrorCode; readonly detail: Text } {
  const shut = failing(tree);
  const role = shut.find((reason) => reason.kind === 'role');
  const state = shut.find((reason) => reason.kind === 'state');
  const code = role
    ? 'role-required'
    : state
      ? (approvalCodes.get(state.id) ?? 'not-allowed-now')
      : asked.length > 0
        ? 'approval-requested'
        : 'gate-shut';
  return { code, detail: role?.say ?? state?.say ?? (asked.length > 0 ? askedDetail(shut) : gateDetail(shut)) };
}

function failing(tree: Reason): readonly Reason[] {
  return (tree.of ?? []).filter((reason) => reason.verdict !== 'met');
}

function gateDetail(shut: readonly Reason[]): Text {
  const say = (language: 'zh' | 'en') => shut.map((reason) => reason.say?.[language] ?? reason.id ?? reason.text ?? '');
  return {
    zh: `${shut.length} 项条件未满足：${say('zh').join('；')}`,
    en: `${shut.length} ${shut.length === 1 ? 'criterion does' : 'criteria do'} not hold: ${say('en').join('; ')}`,
  };
}

/** Only approvals are missing, and now they are asked for. */
function askedDetail(shut: readonly Reason[]): Text {
  const who = shut.map(({ approval }) => whoText(approval?.waitsFor ?? { roles: [], actors: [] }));
  const ids = shut.map(({ id }) => id ?? '').join(', ');
  return {
    zh: `还差审批 ${ids}，已代为申请；由 ${who.map(({ zh }) => zh).join('、')} 审批，同意后请再发送一次`,
    en: `only the approval ${ids} is missing, and it is requested now; it is up to ${who.map(({ en }) => en).join(', ')}. Send this again once it is given`,
  };
}

function recorded(context: Context, command: Command, environment: Environment, told: Told): Refusal {
  const { process, instance } = context;
  const { isBrief = false } = environment;
  const next: Instance = { ...instance, seq: instance.seq + 1 };
  const entry: EntryDraft = {
    seq: next.seq,
    type: told.type,
    accepted: false,
    at: told.at,
    ...entryHead(command, environment, instance),
    revision: instance.revision,
    command: told.members,
    changes: null,
    verdicts: told.reasons,
    refusal: { code: told.code, detail: told.detail },
  };
  return {
    ok: false,
    code: told.code,
    detail: told.detail,
    reasons: told.reasons,
    problems: told.problems,
    missing: told.reasons === null || isBrief ? [] : smallestMissing(process, instance, told.reasons),
    possible: isBrief ? [] : possibleActions(context),
    instance: next,
    entries: [entry],
  };
}

/** The business key that the command would give the instance belongs to another open one. Only the store can know. */
export function refuseKeyInUse(
  process: CompiledProcess,
  instance: Instance,
  command: Command,
  environment: Environment,
): Refusal {
  const field = process.definition.key ?? '';
  const { now, evidence } = environment;
  return recorded({ process, instance, actor: command.actor, at: now, now, evidence }, command, environment, {
    code: 'key-in-use',
    detail: keyInUse(field),
    type: command.type,
    at: environment.now,
    members: commandMembers(process, command.input, null),
    reasons: null,
    problems: [],
  });
}

export function keyInUse(field: string): Text {
  return {
    zh: `业务键 ${field} 的这个值已属于另一个进行中的实例；请用 GET /v1/instances?key=… 找到它，或换一个值`,
    en: `another open instance has this value of the business key ${field}; find it with GET /v1/instances?key=…, or give another value`,
  };
}
