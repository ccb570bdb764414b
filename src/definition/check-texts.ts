import type { Check } from './check.ts';
import { eachStep } from './each-step.ts';
import { type Path, pointerOf } from './outline.ts';
import { entries, items, member, type Raw, rawOf, string } from './raw.ts';

type Places = Pick<Check, 'outline' | 'atKey'>;

/** Texts of which one language is missing, anywhere in the file. */
export function checkTranslations(check: Places): void {
  const walk = (raw: Raw): void => {
    const zh = string(member(raw, 'zh'));
    const en = string(member(raw, 'en'));
    const gate = ['entry', 'exit'].includes(String(raw.path.at(-1)));
    if ((zh === null) !== (en === null) && entries(raw).length === 1 && !gate)
      missing(check, raw.path, zh ?? en ?? '', zh === null);
    for (const [, inner] of entries(raw)) walk(inner);
    for (const inner of items(raw)) walk(inner);
  };
  walk(rawOf(check.outline));
}

function missing(check: Places, path: Path, text: string, isChinese: boolean): void {
  check.atKey('missing-translation', path, {
    message: isChinese
      ? { zh: `“${text}”缺少中文`, en: `"${text}" lacks its Chinese` }
      : { zh: `“${text}”缺少英文`, en: `"${text}" lacks its English` },
    remedy: isChinese ? { zh: '请加上 zh: …', en: 'Add zh: …' } : { zh: '请加上 en: …', en: 'Add en: …' },
  });
}

/** Where the process names a written policy, its phases, steps and activities name their clauses. */
export function checkSources(check: Check): void {
  const { definition } = check;
  if (definition.source === null) return;
  const elements: (readonly [string | null, Path])[] = definition.phases.map((phase) => [
    phase.source,
    ['phases', phase.id],
  ]);
  for (const { step, path } of eachStep(definition)) {
    elements.push([step.source, path]);
    for (const activity of step.activities) elements.push([activity.source, [...path, 'activities', activity.id]]);
  }
  for (const [source, path] of elements) {
    if (source !== null || check.outline.marks.has(pointerOf([...path, 'source']))) continue;
    check.atKey('missing-source', path, {
      message: { zh: `${String(path.at(-1))} 没有注明制度条款`, en: `${String(path.at(-1))} does not name its clause` },
      remedy: {
        zh: `请加上 source: "条款编号"（制度：${definition.source}）`,
        en: `Add source: "clause" (of ${definition.source})`,
      },
    });
  }
}
