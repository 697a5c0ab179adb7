import type { Model } from '@/domain/api';

export const ratiosOf = (model: Model | undefined) => model?.capabilities.aspect_ratios ?? [];
export const qualitiesOf = (model: Model | undefined) => model?.capabilities.qualities ?? [];
export const resolutionsOf = (model: Model | undefined) => model?.capabilities.resolutions ?? [];
export const durationsOf = (model: Model | undefined) => model?.capabilities.durations_sec ?? [];

/** The wish when the model offers it, else null: the model's own default then holds. */
export const offered = <T>(wish: T | null, offers: readonly T[]): T | null => (wish !== null && offers.includes(wish) ? wish : null);

/** The nearest length the model sells, the shorter of two equally near. */
export function nearestDuration(wish: number, offers: readonly number[]): number | null {
  return offers.reduce<number | null>((best, offer) => (best === null || Math.abs(offer - wish) < Math.abs(best - wish) ? offer : best), null);
}

export const isRetired = (model: Model) => model.status === 'retired';

/** The chosen model, or the catalog's default of its kind, or its first. */
export function pickModel(models: readonly Model[], kind: Model['kind'], id: string | null): Model | undefined {
  const ofKind = models.filter((model) => model.kind === kind);
  return ofKind.find((model) => model.id === id) ?? ofKind.find((model) => model.default) ?? ofKind[0];
}

/** Models by maker, in the catalog's order. */
export function byVendor(models: readonly Model[]): [vendor: string, models: Model[]][] {
  const groups = new Map<string, Model[]>();
  for (const model of models) groups.set(model.vendor, [...(groups.get(model.vendor) ?? []), model]);
  return [...groups];
}

/** Dollars for one image or one second of video. */
const unitPriceOf = ({ kind, price }: Model) => (kind === 'video' ? price.amount / (price.base_duration_sec ?? 1) : price.amount);

/** The best of its kind for its price and its speed: the least dollars times seconds. Null when nothing is known of either. */
export function bestValue(models: readonly Model[], kind: Model['kind']): string | null {
  const known = models.filter((model) => model.kind === kind && model.status === 'active' && model.capabilities.typical_latency_sec > 0 && unitPriceOf(model) > 0);
  const worth = (model: Model) => unitPriceOf(model) * model.capabilities.typical_latency_sec;
  return known.reduce<Model | null>((best, model) => (best === null || worth(model) < worth(best) ? model : best), null)?.id ?? null;
}

/** Everything a model takes, a line each, for whoever looks closer. */
export function capabilityLines(model: Model): string[] {
  const { typical_latency_sec: seconds, prompt_max_chars: letters } = model.capabilities;
  const line = (label: string, values: readonly (string | number)[], unit = '') => (values.length > 0 ? `${label}: ${values.join(', ')}${unit}` : null);
  return [
    line('Ratios', ratiosOf(model)),
    line('Qualities', qualitiesOf(model)),
    line('Resolutions', resolutionsOf(model)),
    line('Lengths', durationsOf(model), ' s'),
    seconds > 0 ? `About ${seconds} s each` : null,
    letters ? `Prompts up to ${letters.toLocaleString('en-US')} characters` : null,
    model.simulated ? 'Served by the demo renderer' : `Served by ${model.served_by}`,
    isRetired(model) ? `Retired by its maker${model.retired_at ? ` on ${model.retired_at.slice(0, 10)}` : ''}${model.successor ? `; ${model.successor} takes its place` : ''}` : null,
    ...model.warnings,
  ].filter((text) => text !== null);
}
