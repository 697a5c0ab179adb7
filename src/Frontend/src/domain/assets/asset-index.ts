import type { AssetIndexAnswer } from '@/domain/api';

export interface AssetShape {
  type: 'image' | 'video';
  width: number;
  height: number;
  duration_sec: number | null;
}

/** The library in brief: what a gallery lays out before it knows more. A hundred thousand are three short columns, not as many objects. */
export interface AssetIndex {
  length: number;
  ids: Float64Array;
  /** Places in `shapes`. */
  shapeOf: Uint32Array;
  shapes: readonly AssetShape[];
  /** Seconds since 1970. */
  madeAt: Float64Array;
}

export const noAssets: AssetIndex = { length: 0, ids: new Float64Array(0), shapeOf: new Uint32Array(0), shapes: [], madeAt: new Float64Array(0) };

const keyOf = ({ type, width, height, duration_sec }: AssetShape) => `${type} ${width} ${height} ${duration_sec ?? ''}`;

/** Parts of the index, one behind the other, as one. */
export function joinParts(parts: readonly AssetIndexAnswer[]): AssetIndex {
  const length = parts.reduce((sum, part) => sum + part.id.length, 0);
  const index = { length, ids: new Float64Array(length), shapeOf: new Uint32Array(length), madeAt: new Float64Array(length) };
  const shapes: AssetShape[] = [];
  const known = new Map<string, number>();
  let at = 0;
  for (const part of parts) {
    const places = part.shapes.map((shape) => {
      const key = keyOf(shape);
      let place = known.get(key);
      if (place === undefined) {
        place = shapes.length;
        known.set(key, place);
        shapes.push(shape);
      }
      return place;
    });
    index.ids.set(part.id, at);
    index.madeAt.set(part.created_at, at);
    for (let entry = 0; entry < part.shape.length; entry += 1) index.shapeOf[at + entry] = places[part.shape[entry] ?? 0] ?? 0;
    at += part.id.length;
  }
  return { ...index, shapes };
}

/** The same without some. */
export function without(index: AssetIndex, gone: ReadonlySet<number>): AssetIndex {
  const kept: number[] = [];
  index.ids.forEach((id, at) => !gone.has(id) && kept.push(at));
  if (kept.length === index.length) return index;
  return {
    length: kept.length,
    ids: Float64Array.from(kept, (at) => index.ids[at] ?? 0),
    shapeOf: Uint32Array.from(kept, (at) => index.shapeOf[at] ?? 0),
    madeAt: Float64Array.from(kept, (at) => index.madeAt[at] ?? 0),
    shapes: index.shapes,
  };
}

/** What a part has and an index has not. */
export function unknownTo(index: AssetIndex, part: AssetIndex): AssetIndex {
  const asked = new Set(part.ids);
  const known = new Set<number>();
  for (const id of index.ids) if (asked.has(id)) known.add(id);
  return without(part, known);
}

/** Two, one behind the other. */
export function joined(first: AssetIndex, second: AssetIndex): AssetIndex {
  const length = first.length + second.length;
  const index = { length, ids: new Float64Array(length), shapeOf: new Uint32Array(length), madeAt: new Float64Array(length), shapes: [...first.shapes, ...second.shapes] };
  index.ids.set(first.ids);
  index.ids.set(second.ids, first.length);
  index.madeAt.set(first.madeAt);
  index.madeAt.set(second.madeAt, first.length);
  index.shapeOf.set(first.shapeOf);
  second.shapeOf.forEach((place, at) => (index.shapeOf[first.length + at] = place + first.shapes.length));
  return index;
}

export function reversed(index: AssetIndex): AssetIndex {
  return { ...index, ids: index.ids.toReversed(), shapeOf: index.shapeOf.toReversed(), madeAt: index.madeAt.toReversed() };
}

const unknownShape: AssetShape = { type: 'image', width: 3, height: 2, duration_sec: null };
export const shapeAt = (index: AssetIndex, at: number): AssetShape => index.shapes[index.shapeOf[at] ?? 0] ?? unknownShape;
export const ratioOf = ({ width, height }: AssetShape) => (width && height ? width / height : 1.5);

/** Where an asset is; -1 when it is not in it. */
export const placeOfAsset = (index: AssetIndex, id: number) => index.ids.indexOf(id);
