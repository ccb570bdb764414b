interface Point {
  readonly x: number;
  readonly y: number;
}

const RADIUS = 9;

/** A line through points, of which each lies straight above or beside the one before, with round corners (SVG). */
export function wayPath(points: readonly Point[]): string {
  const bends = points.filter((point, n) => !isPassed(points[n - 1], point, points[n + 1]));
  return bends
    .map((point, n) => {
      const [before, after] = [bends[n - 1], bends[n + 1]];
      if (before === undefined) return `M${at(point)}`;
      if (after === undefined) return `L${at(point)}`;
      const radius = Math.min(RADIUS, distance(before, point) / 2, distance(point, after) / 2);
      return `L${at(toward(point, before, radius))}Q${at(point)} ${at(toward(point, after, radius))}`;
    })
    .join('');
}

/** Whether a line goes straight on there. */
function isPassed(before: Point | undefined, { x, y }: Point, after: Point | undefined): boolean {
  if (after !== undefined && after.x === x && after.y === y) return true;
  if (before === undefined || after === undefined) return false;
  return (before.x === x && after.x === x) || (before.y === y && after.y === y);
}

const distance = (a: Point, b: Point): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

const toward = (from: Point, to: Point, by: number): Point => ({
  x: from.x + Math.sign(to.x - from.x) * by,
  y: from.y + Math.sign(to.y - from.y) * by,
});

const at = ({ x, y }: Point): string => `${x} ${y}`;
