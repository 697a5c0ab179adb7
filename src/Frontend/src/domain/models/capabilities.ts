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
