// Puts the labels at a chart's edge so that none covers another: the purchased line's label is one of them.

/** A label that would like to stand at `y` (its middle). */
export interface Label {
  key: string;
  y: number;
  /** The label that is kept when there is no room for all; higher is kept longer. */
  weight: number;
}

/** Where a label ended up; `y` is its middle, `anchor` what it points at. */
export interface PlacedLabel {
  key: string;
  y: number;
  anchor: number;
}

interface Cluster {
  labels: Label[];
  /** Middle of the first label. */
  top: number;
}

/**
 * Moves labels as little as possible (least squares) until they are `gap` apart and inside `[top, bottom]`.
 * Labels that cannot fit are left out, the lightest first; equal places keep their given order.
 */
export function placeLabels(
  labels: readonly Label[],
  gap: number,
  top: number,
  bottom: number,
): PlacedLabel[] {
  const most = Math.max(0, Math.floor((bottom - top) / gap) + 1);
  const kept = keepHeaviest(labels, most);
  const clusters: Cluster[] = [];
  for (const label of [...kept].sort((a, b) => a.y - b.y)) {
    let cluster: Cluster = { labels: [label], top: inside([label]) };
    for (let above = clusters.at(-1); above && overlaps(above, cluster); above = clusters.at(-1)) {
      clusters.pop();
      const merged = [...above.labels, ...cluster.labels];
      cluster = { labels: merged, top: inside(merged) };
    }
    clusters.push(cluster);
  }
  return clusters.flatMap((cluster) =>
    cluster.labels.map(({ key, y }, index) => ({ key, y: cluster.top + index * gap, anchor: y })),
  );

  function inside(members: readonly Label[]): number {
    const mean = members.reduce((sum, { y }, index) => sum + y - index * gap, 0) / members.length;
    return Math.max(top, Math.min(mean, bottom - (members.length - 1) * gap));
  }

  function overlaps(above: Cluster, below: Cluster): boolean {
    return below.top - (above.top + (above.labels.length - 1) * gap) < gap;
  }
}

function keepHeaviest(labels: readonly Label[], most: number): readonly Label[] {
  if (labels.length <= most) return labels;
  const heaviest = new Set([...labels].sort((a, b) => b.weight - a.weight).slice(0, most));
  return labels.filter((label) => heaviest.has(label));
}

/** A generous estimate of a text's width, so that labels reserve their room before they are drawn. */
export function textRoom(text: string, size: number): number {
  return Math.ceil([...text].length * size * 0.6);
}
