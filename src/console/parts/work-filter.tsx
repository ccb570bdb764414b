import { useAddress } from '../address.ts';
import type { Text, WorkItem } from '../api.ts';
import { say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { session } from '../session.ts';
import { words } from '../words/shell.ts';
import { workWords } from '../words/work.ts';
import { readRoles } from './known-roles.ts';

/** Narrows the list; what was chosen stands in the address. `items`: all that waits. */
export function WorkFilter({ items }: { readonly items: readonly WorkItem[] }) {
  const { query, set } = useAddress();
  const roles = useLoading(readRoles, []);
  const held = session.value?.roles ?? [];
  const isAdmin = held.includes('admin');
  const offered = [...(roles.value ?? [])].filter(([id]) => isAdmin || held.includes(id));
  const processes = new Map(items.map(({ instance }) => [instance.process, instance.title]));
  const ofProcess = items.filter(({ instance }) => !query.process || instance.process === query.process);
  const steps = new Map(ofProcess.map(({ step, title }) => [step, title]));
  const choice = (name: 'process' | 'step' | 'role', label: Text, options: Iterable<readonly [string, Text]>) => (
    <label>
      {say(label)}
      <select
        value={query[name] ?? ''}
        onChange={({ currentTarget: { value } }) =>
          set({ [name]: value || null, ...(name === 'process' && { step: null }) })
        }
      >
        <option value="">{say(workWords.any)}</option>
        {[...options].map(([id, title]) => (
          <option key={id} value={id}>
            {say(title)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div class="fields filters">
      {choice('process', words.process, processes)}
      {choice('step', workWords.step, steps)}
      {offered.length > 1 && choice('role', workWords.role, offered)}
      <label>
        {say(workWords.text)}
        <input
          type="search"
          value={query.q ?? ''}
          maxLength={100}
          onInput={({ currentTarget: { value } }) => set({ q: value || null })}
        />
      </label>
    </div>
  );
}

/** Whether an item is what the address asks for. */
export function isWanted(query: Readonly<Record<string, string>>): (item: WorkItem) => boolean {
  const words = (query.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return ({ instance, step, title, activities, approvals }) => {
    if (query.process && instance.process !== query.process) return false;
    if (query.step && step !== query.step) return false;
    const texts = [title, instance.title, ...[...activities, ...approvals].map((each) => each.title)];
    const said = [instance.key, instance.owner, instance.id, ...texts.flatMap(({ zh, en }) => [zh, en])];
    const text = said.join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
