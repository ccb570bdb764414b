/** Signs for the facts of a step (SVG paths within 11 × 11 pixels). */
export const factPaths: Readonly<Record<string, string>> = {
  role: 'M5.5 0a2.6 2.6 0 1 1 -.01 0zM0.5 10.5c0 -5.5 10 -5.5 10 0',
  clock: 'M5.5 0a5.2 5.2 0 1 1 -.01 0zM5.5 2.4v3l2 1.4',
  auto: 'M6.5 0l-5 6h4l-1 5l5 -6h-4z',
  round: 'M9.5 2.5a5 5 0 1 0 1 4M10 0v3h-3',
  way: 'M0 5.5h10m-3.5 -3.5l3.5 3.5l-3.5 3.5',
  start: 'M2 0v6h8m-3 -3l3 3l-3 3',
  skip: 'M0.5 9c1 -8 7 -9 9 -2.5m-3.4 -.2l3.4 .4l.6 -3.4',
  evidence: 'M2 0h5l2.5 2.5v8h-7.5zM4 5h3.5m-3.5 2.5h3.5',
};
