import { type Coverage, countSeen, type MutationReport } from '../scenario/index.ts';
import type { Text } from '../text.ts';
import type { Look } from './command.ts';

const titles: Readonly<Record<keyof Coverage, Text>> = {
  steps: { zh: '环节', en: 'steps' },
  routes: { zh: '去向', en: 'routes' },
  activities: { zh: '细则', en: 'activities' },
  outcomes: { zh: '结果', en: 'outcomes' },
  criteria: { zh: '条件项（满足与不满足都见过）', en: 'criteria seen both met and not met' },
};

const words: Text = { zh: '走到：', en: 'seen:' };

const kinds: readonly (keyof Coverage)[] = ['steps', 'routes', 'activities', 'outcomes', 'criteria'];

/** What scenarios have seen of their process, in a line; with `lists` also everything that they have not. */
export function coverageText(coverage: Coverage, lists: boolean, { language, paint }: Look): string {
  const counts = countSeen(coverage);
  const said = kinds
    .filter((kind) => counts[kind][1] > 0)
    .map((kind) => `${titles[kind][language]} ${counts[kind][0]}/${counts[kind][1]}`);
  const head = `${words[language]} ${said.join(language === 'zh' ? '，' : ', ')}`;
  if (!lists) return head;
  const missing = kinds.flatMap((kind) => unseen(coverage, kind, language).map((id) => `  ${paint.yellow('○')} ${id}`));
  return [head, ...missing].join('\n');
}

function unseen(coverage: Coverage, kind: keyof Coverage, language: keyof Text): readonly string[] {
  const title = titles[kind][language];
  if (kind !== 'criteria') return coverage[kind].filter(({ seen }) => !seen).map(({ id }) => `${title} ${id}`);
  return coverage.criteria.flatMap(({ id, gate, met, notMet }) => {
    const where = `${gate.of} ${gate.which} ${id}`;
    const never = { met: { zh: '从未满足', en: 'never met' }, notMet: { zh: '从未不满足', en: 'never not met' } };
    return [
      ...(met ? [] : [`${where}: ${never.met[language]}`]),
      ...(notMet ? [] : [`${where}: ${never.notMet[language]}`]),
    ];
  });
}

/** Which small changes of a process no scenario notices, each at its line. */
export function mutationText(path: string, report: MutationReport & { readonly ms: number }, look: Look): string {
  const { tried, survivors, ms } = report;
  const { language, paint } = look;
  const lines = survivors.map(({ place, path: where, from, to }) => {
    const change = paint.yellow(`${from} → ${to}`);
    return `  ${path}:${place.line}:${place.column}: ${change}  (${where})`;
  });
  const caught = tried - survivors.length;
  const share = tried === 0 ? 100 : Math.floor((caught / tried) * 1000) / 10;
  const took = `${(ms / 1000).toFixed(2)} s`;
  const head = {
    zh: `${path}：${tried} 处小改动，场景发现了 ${caught} 处（${share}%，${took}）${lines.length > 0 ? '；没有发现的：' : ''}`,
    en: `${path}: ${tried} small changes, ${caught} noticed by a scenario (${share}%, ${took})${lines.length > 0 ? '; not noticed:' : ''}`,
  };
  return [head[language], ...lines].join('\n');
}
