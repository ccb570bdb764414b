/** Days (YYYY-MM-DD) by the reader's clocks, both included. */
export interface Days {
  readonly since: string;
  readonly until: string;
}

/** The last quarter that is over. */
export function lastQuarter(now: Date): Days {
  const first = firstOfQuarter(now);
  return {
    since: dayText(new Date(first.getFullYear(), first.getMonth() - 3, 1)),
    until: dayText(new Date(first.getFullYear(), first.getMonth(), 0)),
  };
}

/** From the first day of this quarter to today. */
export function thisQuarter(now: Date): Days {
  return { since: dayText(firstOfQuarter(now)), until: dayText(now) };
}

/** The instants (ISO 8601 UTC) that days begin and end at. */
export function instantsOf({ since, until }: Days): { readonly since: string; readonly until: string } {
  const end = new Date(`${until}T00:00`);
  end.setDate(end.getDate() + 1);
  return { since: new Date(`${since}T00:00`).toISOString(), until: end.toISOString() };
}

function firstOfQuarter(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth() - (now.getMonth() % 3), 1);
}

function dayText(day: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
