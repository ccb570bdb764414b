import { systemClock } from '../clock.ts';
import { ADMIN, INSTANCE_OWNER, readProcess } from '../definition/index.ts';
import { isActorName, isTeamName, isTenantName, MAIN_TENANT } from '../names.ts';
import type { KeyRights } from '../service/index.ts';
import type { Store } from '../store/types.ts';
import { suggest } from '../suggest.ts';
import type { Text } from '../text.ts';
import { type CommandSpec, listOption, textOption } from './command.ts';
import type { Given } from './config.ts';
import { withDatabase } from './database.ts';
import { exitCodes, UsageError } from './exit.ts';
import { tableText } from './plain-table.ts';
import { timeText } from './value-text.ts';

const ID = /^[a-z][a-z0-9-]{0,63}$/;

export const keysCreate: CommandSpec = {
  name: 'keys create',
  summary: { zh: '为一个操作人新建密钥，只显示这一次', en: 'make a key for an actor; it is shown this once' },
  args: [{ form: '<ACTOR>', help: { zh: '操作人，历史记录中的署名', en: 'whose key it is: the name in the history' } }],
  options: [
    {
      form: '--role <ROLE>',
      many: true,
      help: { zh: '角色，可多次；admin 拥有全部角色', en: 'role, may be repeated; admin holds every role' },
    },
    {
      form: '--any-role',
      help: { zh: '也接受已发布流程中没有的角色', en: 'take roles too that no published process has' },
    },
    { form: '--team <TEAM>', help: { zh: '所属团队', en: 'team of the actor' } },
    {
      form: '--tenant <TENANT>',
      help: { zh: '所属租户，默认 main', en: 'tenant of the actor; main unless given' },
    },
    {
      form: '--act-for-others',
      help: {
        zh: '可用 On-Behalf-Of 代他人操作（用此密钥的角色）',
        en: 'may act for others with On-Behalf-Of, in the roles of this key',
      },
    },
  ],
  settings: ['database'],
  async run(cli, [actor = ''], options) {
    const roles = [...new Set(listOption(options, 'role').flatMap((role) => role.split(',')))];
    const wrong = roles.find((role) => !ID.test(role) || role === INSTANCE_OWNER);
    if (wrong !== undefined) {
      throw new UsageError({
        zh: `角色应为流程中的角色 id，例如 rep；收到 ${wrong}`,
        en: `a role should be the id of a role of a process, e.g. rep; found ${wrong}`,
      });
    }
    if (!isActorName(actor)) {
      throw new UsageError({
        zh: '操作人应为 1–100 个可见字符',
        en: 'an actor should be 1–100 visible characters',
      });
    }
    const rights = rightsOf(options);
    return withDatabase(cli.config, async (store, service) => {
      if (options.anyRole !== true) refuseUnknown(roles, await knownRoles(store));
      const { id, secret } = await service.createKey(actor, roles, rights);
      cli.remark({
        zh: `密钥 ${id}（${actor}；角色：${roles.join(', ') || '无'}${rightsText(rights).zh}），只显示这一次：`,
        en: `key ${id} (${actor}; roles: ${roles.join(', ') || 'none'}${rightsText(rights).en}), shown this once:`,
      });
      cli.print(secret);
      return exitCodes.ok;
    });
  },
};

/** A key with a misspelt role would be let in and then refused everything. */
function refuseUnknown(roles: readonly string[], known: ReadonlySet<string>): void {
  const unknown = roles.filter((role) => !known.has(role));
  if (unknown.length === 0) return;
  const told = unknown.map((role) => {
    const near = suggest(role, known);
    return {
      zh: `${role}${near === null ? '' : `（是否指 ${near}？）`}`,
      en: `${role}${near === null ? '' : ` (did you mean ${near}?)`}`,
    };
  });
  const list = [...known].join(', ');
  throw new UsageError({
    zh: `已发布的流程中没有角色 ${told.map(({ zh }) => zh).join('、')}；现有：${list}。流程尚未发布时用 --any-role`,
    en: `no published process has a role ${told.map(({ en }) => en).join(', ')}; known are ${list}. Say --any-role if its process is yet to be published`,
  });
}

type Rights = Required<Pick<KeyRights, 'team' | 'tenant' | 'actsForOthers'>>;

function rightsOf(options: Given): Rights {
  const team = textOption(options, 'team');
  const tenant = textOption(options, 'tenant') ?? MAIN_TENANT;
  if (team !== null && !isTeamName(team)) {
    throw new UsageError({ zh: '团队应为 1–100 个可见字符', en: 'a team should be 1–100 visible characters' });
  }
  if (!isTenantName(tenant)) {
    throw new UsageError({
      zh: `租户应为小写字母开头的标识，例如 acme；收到 ${tenant}`,
      en: `a tenant should be an id in lower case, e.g. acme; found ${tenant}`,
    });
  }
  return { team, tenant, actsForOthers: options.actForOthers === true };
}

function rightsText({ team, tenant, actsForOthers }: Rights): Text {
  const says: Text[] = [
    ...(team === null ? [] : [{ zh: `团队：${team}`, en: `team: ${team}` }]),
    ...(tenant === MAIN_TENANT ? [] : [{ zh: `租户：${tenant}`, en: `tenant: ${tenant}` }]),
    ...(actsForOthers ? [{ zh: '可代他人操作', en: 'acts for others' }] : []),
  ];
  return { zh: says.map(({ zh }) => `；${zh}`).join(''), en: says.map(({ en }) => `; ${en}`).join('') };
}

async function knownRoles(store: Store): Promise<ReadonlySet<string>> {
  const newest = await store.listNewest(systemClock.now());
  const rows = await Promise.all(newest.map(({ process, version }) => store.getDefinition(process, version)));
  const roles = rows.flatMap((row) =>
    row === null ? [] : (readProcess(row.yaml, row.process).definition?.roles ?? []),
  );
  return new Set([ADMIN, ...roles.map(({ id }) => id)]);
}

export const keysList: CommandSpec = {
  name: 'keys list',
  summary: { zh: '列出全部密钥（不含密钥本身）', en: 'list every key (not the secrets, which nobody keeps)' },
  args: [],
  options: [{ form: '--json', help: { zh: '以 JSON 输出', en: 'answer as JSON' } }],
  settings: ['database'],
  async run(cli, _, options) {
    const keys = await withDatabase(cli.config, (store) => store.listApiKeys());
    if (options.json === true) {
      cli.print(
        JSON.stringify(
          keys.map(({ hash: __, ...key }) => key),
          null,
          2,
        ),
      );
      return exitCodes.ok;
    }
    const head = {
      zh: ['编号', '操作人', '角色', '团队', '租户', '代他人', '用途', '新建于', '有效至', '吊销于'],
      en: ['id', 'actor', 'roles', 'team', 'tenant', 'for others', 'for', 'made', 'until', 'revoked'],
    };
    const time = (at: string | null) => (at === null ? '' : timeText(at));
    const rows = keys.map(
      ({ id, actor, roles, team, tenant, actsForOthers, name, createdAt, expiresAt, revokedAt }) => {
        const rights = [team ?? '', tenant, actsForOthers ? '✓' : '', name ?? ''];
        return [id, actor, roles.join(', '), ...rights, time(createdAt), time(expiresAt), time(revokedAt)];
      },
    );
    cli.print(tableText(head[cli.language], rows, cli));
    return exitCodes.ok;
  },
};

export const keysRevoke: CommandSpec = {
  name: 'keys revoke',
  summary: { zh: '吊销密钥，2 秒内生效', en: 'revoke a key; it stops working within 2 s' },
  args: [{ form: '<ID>', help: { zh: '密钥的编号，见 keys list', en: 'id of the key, see keys list' } }],
  options: [],
  settings: ['database'],
  run: (cli, [id = '']) =>
    withDatabase(cli.config, async (store, _, clock) => {
      if (await store.revokeApiKey(id, clock.now())) {
        cli.remark({ zh: `已吊销 ${id}`, en: `${id} is revoked` });
        return exitCodes.ok;
      }
      cli.remark({
        zh: `没有编号为 ${id} 的密钥，或它早已吊销；见 phasegate keys list`,
        en: `there is no key ${id}, or it was revoked before; see phasegate keys list`,
      });
      return exitCodes.refused;
    }),
};
